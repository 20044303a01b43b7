package io.trunkline.store;

import io.trunkline.value.TimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * The store in a database: SQLite in a file for one node, PostgreSQL where several share it. What a call has answered is
 * on disk. The driver is the application's to add. Thread-safe.
 */
public final class JdbcStore implements Store {

    private final JdbcSession session;
    private final JdbcDialect dialect;
    private final TimeSource time;
    private final Sweep sweep;

    private JdbcStore(JdbcSession session, JdbcDialect dialect, TimeSource time, Sweep sweep) {
        this.sweep = sweep;
        this.session = session;
        this.dialect = dialect;
        this.time = time;
    }

    /**
     * Opens a file of SQLite, which is made if it is not there, with a write-ahead log that is flushed at each commit.
     * Needs {@code org.xerial:sqlite-jdbc}.
     *
     * @throws StoreException if the file cannot be opened
     */
    public static JdbcStore sqlite(Path file, TimeSource time) {
        try {
            DataSource source = DriverConnections.of(
                    "jdbc:sqlite:" + file + "?transaction_mode=IMMEDIATE",
                    new Properties(),
                    JdbcDialect.SQLITE.first());
            JdbcSession session = new SingleConnection(source);
            try {
                // Each connection has begun with the first statements already.
                return made(session, JdbcDialect.SQLITE, List.of(), time);
            } catch (StoreException e) {
                session.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new StoreException("the store's file " + file.getFileName() + " cannot be opened", e);
        }
    }

    /**
     * Uses a PostgreSQL database of version 12 or newer, in which the tables are made if they are not there.
     *
     * @param pool the application's own pool, which stays its to close
     */
    public static JdbcStore postgresql(DataSource pool, TimeSource time) {
        return made(JdbcSession.pooled(pool), JdbcDialect.POSTGRESQL, JdbcDialect.POSTGRESQL.first(), time);
    }

    /**
     * Uses a PostgreSQL database by its address, with a new connection for each transaction: for tools. An application
     * gives its pool.
     *
     * @param url {@code jdbc:postgresql:...}
     * @param login what the driver is given, such as user and password
     */
    public static JdbcStore postgresql(String url, Properties login, TimeSource time) {
        return postgresql(DriverConnections.of(url, login, List.of()), time);
    }

    /**
     * Connections to the store's database outside its transactions, for tables of other libraries beside it.
     *
     * @throws IllegalStateException if the store is inside a transaction
     */
    public DataSource dataSource() {
        return session.source().orElseThrow(() -> new IllegalStateException("the store is inside a transaction"));
    }

    private static JdbcStore made(JdbcSession session, JdbcDialect dialect, List<String> first, TimeSource time) {
        session.run(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String each : first) {
                    statement.execute(each);
                }
                for (String table : dialect.tables()) {
                    statement.execute(table);
                }
            }
            return true;
        });
        return new JdbcStore(session, dialect, time, new Sweep());
    }

    /**
     * The connection of the transaction that is under way, for the application's own tables in the same database. It must
     * be neither committed nor closed.
     *
     * @param inside what {@link Store#atomically} gives its work
     * @throws IllegalArgumentException if it is no transaction of a database
     */
    public static Connection connection(Store inside) {
        if (inside instanceof SealedStore sealed) {
            return connection(sealed.unsealed());
        }
        if (inside instanceof JdbcStore store) {
            return store.session
                    .connection()
                    .orElseThrow(() -> new IllegalArgumentException("the store is not inside a transaction"));
        }
        throw new IllegalArgumentException("the store is not in a database");
    }

    JdbcSession session() {
        return session;
    }

    JdbcDialect dialect() {
        return dialect;
    }

    @Override
    public Values values(String space) {
        return new JdbcValues(session, new Expiry(dialect, time, sweep), StoreNames.name(space));
    }

    @Override
    public Leases leases() {
        return new JdbcLeases(session, time);
    }

    @Override
    public OrderedQueue queue(String name) {
        return new JdbcQueue(session, dialect, time, StoreNames.name(name));
    }

    @Override
    public List<String> queueNames() {
        return JdbcBacklog.names(session);
    }

    @Override
    public <T> T atomically(Function<Store, T> work) {
        return session.whole(
                connection -> work.apply(new JdbcStore(JdbcSession.within(connection), dialect, time, sweep)));
    }

    @Override
    public void close() {
        session.close();
    }
}
