package io.trunkline.benchmarks.throughput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import okhttp3.OkHttp;
import org.apache.camel.impl.DefaultCamelContext;

/** What the figures were measured on and with. */
final class Machine {

    private Machine() {}

    static void print(String target) throws IOException {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            System.out.printf(
                    "%s: %d processors (%s), Java %s, OkHttp %s, Camel %s%n",
                    target,
                    Runtime.getRuntime().availableProcessors(),
                    processor(),
                    Runtime.version(),
                    OkHttp.VERSION,
                    camel.getVersion());
        }
    }

    /** The database with its driver. */
    static String database(DataSource database, String properties) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return String.format(
                    "PostgreSQL %s (fsync on), driver %s%s",
                    connection.getMetaData().getDatabaseProductVersion(),
                    connection.getMetaData().getDriverVersion(),
                    properties);
        }
    }

    private static String processor() throws IOException {
        Path known = Path.of("/proc/cpuinfo");
        if (!Files.exists(known)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(known)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
