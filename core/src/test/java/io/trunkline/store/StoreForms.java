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

/** The forms of the store, empty. One PostgreSQL serves all tests of the process. */
public enum StoreForms {
    MEMORY,
    SQLITE,
    POSTGRESQL,
    SEALED;

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final class Server {
        static final EmbeddedPostgres POSTGRES = started();

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
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Server.POSTGRES.getDatabase("postgres", name);
    }
}
