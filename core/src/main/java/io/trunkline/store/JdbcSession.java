package io.trunkline.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
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

    /** One connection for all threads, as suits SQLite with its one writer. */
    static JdbcSession single(DataSource source) throws SQLException {
        Connection connection = source.getConnection();
        ReentrantLock lock = new ReentrantLock();
        return new JdbcSession() {
            @Override
            public <T> T run(Work<T> work) {
                boolean joins = lock.isHeldByCurrentThread();
                lock.lock();
                try {
                    // Committing here would commit half of the transaction that this thread has under way.
                    return joins ? within(connection).run(work) : transaction(connection, work);
                } finally {
                    lock.unlock();
                }
            }

            @Override
            public <T> T outside(Work<T> work) {
                return alone(lock, connection, work);
            }

            @Override
            public Optional<DataSource> source() {
                return Optional.of(source);
            }

            @Override
            public void close() {
                alone(lock, connection, open -> {
                    open.close();
                    return true;
                });
            }
        };
    }

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

    private static <T> T alone(ReentrantLock lock, Connection connection, Work<T> work) {
        lock.lock();
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
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

    private static <T> T transaction(Connection connection, Work<T> work) {
        try {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                T result = work.on(connection);
                connection.commit();
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static StoreException failed(SQLException e) {
        return new StoreException("the database failed with state " + e.getSQLState() + "; nothing was changed", e);
    }
}
