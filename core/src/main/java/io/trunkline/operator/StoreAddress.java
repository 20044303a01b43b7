package io.trunkline.operator;

import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/** Where a store is: the path of a file of SQLite, or a JDBC URL. */
final class StoreAddress {

    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String PASSWORD = "TRUNKLINE_STORE_PASSWORD";

    private StoreAddress() {}

    static Store open(CommandLine line, Surroundings around) {
        String address = given(line, "--store", "TRUNKLINE_STORE", around)
                .orElseThrow(() -> new UsageException("say which store by --store or TRUNKLINE_STORE"));
        if (address.startsWith(POSTGRESQL)) {
            if (address.toLowerCase(Locale.ROOT).contains("password")) {
                throw new UsageException("the password belongs into the environment, as " + PASSWORD
                        + ": a command line can be seen by everybody on the machine");
            }
            return JdbcStore.postgresql(address, login(line, around), around.time());
        }
        if (address.startsWith("jdbc:") && !address.startsWith(SQLITE)) {
            throw new UsageException("a store is a path, " + SQLITE + "... or " + POSTGRESQL + "...");
        }
        Path file = Path.of(address.startsWith(SQLITE) ? address.substring(SQLITE.length()) : address);
        if (!Files.isRegularFile(file)) {
            throw new UsageException("there is no store at this path; the library makes it, this program does not");
        }
        return JdbcStore.sqlite(file, around.time());
    }

    private static Properties login(CommandLine line, Surroundings around) {
        Properties login = new Properties();
        given(line, "--user", "TRUNKLINE_STORE_USER", around).ifPresent(user -> login.setProperty("user", user));
        Optional.ofNullable(around.environment().apply(PASSWORD))
                .ifPresent(password -> login.setProperty("password", password));
        return login;
    }

    private static Optional<String> given(CommandLine line, String option, String variable, Surroundings around) {
        return line.option(option)
                .or(() -> Optional.ofNullable(around.environment().apply(variable)));
    }
}
