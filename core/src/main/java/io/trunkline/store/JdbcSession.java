package io.trunkline.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Optional;
import javax.sql.DataSource;

/** Runs work in a transaction: one of its own, or the one that is under way. */
interface JdbcSession extends AutoCloseable {

    /** Statements on a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    <T> T run(Work<T> work);

    /** Runs work that is undone as a whole if it fails, also inside a transaction that goes on. */
    default <T> T whole(Work<T> work) {
        return run(work);
    }

    /** Runs statements that a database takes outside transactions only. */
    default <T> T outside(Work<T> work) {
        throw new IllegalStateException("there is a transaction under way");
    }

    /** The connection of the transaction that is under way; empty outside one. */
    default Optional<Connection> connection() {
        return Optional.empty();
    }

    /** Connections of their own to the same database; empty inside a transaction. */
    default Optional<DataSource> source() {
        return Optional.empty();
    }

    @Override
    void close();

    /** A connection of the application's own pool for each transaction. The pool stays the application's to close. */
    static JdbcSession pooled(DataSource pool) {
        return new JdbcSession() {
            @Override
            public <T> T run(Work<T> work) {
                try (Connection connection = pool.getConnection()) {
                    return transaction(connection, work);
                } catch (SQLException e) {
                    throw failed(e);
                }
            }

            @Override
            public <T> T outside(Work<T> work) {
                try (Connection connection = pool.getConnection()) {
                    connection.setAutoCommit(true);
                    return work.on(connection);
                } catch (SQLException e) {
                    throw failed(e);
                }
            }

            @Override
            public Optional<DataSource> source() {
                return Optional.of(pool);
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    /** The transaction that is under way; it is ended by whoever began it. */
    static JdbcSession within(Connection connection) {
        return new JdbcSession() {
            @Override
            public <T> T run(Work<T> work) {
                try {
                    return work.on(connection);
                } catch (SQLException e) {
                    throw failed(e);
                }
            }

            @Override
            public Optional<Connection> connection() {
                return Optional.of(connection);
            }

            @Override
            public <T> T whole(Work<T> work) {
                return run(inside -> savepoint(inside, work));
            }

            @Override
            public void close() {
                throw new IllegalStateException("a store inside a transaction is not closed");
            }
        };
    }

    private static <T> T savepoint(Connection connection, Work<T> work) throws SQLException {
        Savepoint before = connection.setSavepoint();
        boolean done = false;
        try {
            T result = work.on(connection);
            done = true;
            return result;
        } finally {
            if (!done) {
                connection.rollback(before);
            }
        }
    }

    /** Runs work in a transaction of its own. */
    static <T> T transaction(Connection connection, Work<T> work) {
        boolean whole = false;
        try {
            connection.setAutoCommit(false);
            T result = work.on(connection);
            connection.commit();
            connection.setAutoCommit(true);
            whole = true;
            return result;
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            if (!whole) {
                undo(connection);
            }
        }
    }

    /**
     * Closes what cannot undo: SQLite undoes by itself when a disk is full, and its driver, which does not know, would
     * from then on commit each statement alone.
     */
    private static void undo(Connection connection) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            try {
                connection.close();
            } catch (SQLException alsoBroken) {
                e.addSuppressed(alsoBroken);
            }
        }
    }

    /** What went wrong, in the words of the library. */
    static StoreException failed(SQLException e) {
        return new StoreException("the database failed with state " + e.getSQLState(), e);
    }
}
