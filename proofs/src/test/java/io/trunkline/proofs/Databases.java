package io.trunkline.proofs;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/**
 * Empty databases of one PostgreSQL that serves all tests of the process, and pools on them: that of the system property
 * {@code trunkline.postgresql}, such as {@code jdbc:postgresql://127.0.0.1:5432/}, or one of this process.
 */
final class Databases {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Databases() {}

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

    /** The address of a new database. */
    static String create() {
        String name = "proof" + COUNT.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name);
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return url(name);
    }

    private static String url(String name) {
        return Server.POSTGRES == null ? Server.GIVEN + name : Server.POSTGRES.getJdbcUrl("postgres", name);
    }

    /** A pool of its own; the caller disposes of it. H2 has one that takes any driver. */
    static JdbcConnectionPool pool(String url) {
        PGConnectionPoolDataSource connections = new PGConnectionPoolDataSource();
        connections.setUrl(url);
        connections.setUser("postgres");
        JdbcConnectionPool pool = JdbcConnectionPool.create(connections);
        pool.setMaxConnections(12);
        return pool;
    }
}
