package io.trunkline.store;

import io.trunkline.value.TimeSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The forms of the store, empty. One PostgreSQL serves all tests of the process: that of the system property
 * {@code trunkline.postgresql}, such as {@code jdbc:postgresql://127.0.0.1:5432/}, or one of this process.
 */
public enum StoreForms {
    MEMORY,
    SQLITE,
    POSTGRESQL,
    SEALED;

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final class Server {
        static final String GIVEN = System.getProperty("trunkline.postgresql", "");
        static final EmbeddedPostgres POSTGRES = GIVEN.isEmpty() ? started() : null;

        private static EmbeddedPostgres started() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A new store; the caller closes it. */
    public Store open(TimeSource time, Path folder) {
        return switch (this) {
            case MEMORY -> Store.inMemory(time);
            case SQLITE -> JdbcStore.sqlite(folder.resolve("form" + DATABASES.incrementAndGet() + ".db"), time);
            case POSTGRESQL -> JdbcStore.postgresql(database(), time);
            case SEALED -> SealedStore.over(SQLITE.open(time, folder), Keys.cipher(1));
        };
    }

    /** Whether values are listed in the order of their keys. */
    boolean listsInOrder() {
        return this != SEALED;
    }

    /** How many bytes a value may have. */
    int largest() {
        return this == SEALED ? StoreNames.LARGEST_VALUE - SealedStore.ROOM : StoreNames.LARGEST_VALUE;
    }

    /** An empty database of PostgreSQL. */
    public static DataSource database() {
        String name = "form" + DATABASES.incrementAndGet();
        try (Connection connection = named("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name);
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return named(name);
    }

    /** A database of the server by its name. */
    static DataSource named(String name) {
        if (Server.POSTGRES != null) {
            return Server.POSTGRES.getDatabase("postgres", name);
        }
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(Server.GIVEN + name);
        database.setUser("postgres");
        return database;
    }
}
