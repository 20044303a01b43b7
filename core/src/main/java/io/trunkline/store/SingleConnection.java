package io.trunkline.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * One connection for all threads, as suits SQLite with its one writer. One that was closed because it could not undo is
 * replaced by a new one.
 */
final class SingleConnection implements JdbcSession {

    private final ReentrantLock lock = new ReentrantLock();
    private final DataSource source;
    private Connection connection;
    private boolean closed;

    SingleConnection(DataSource source) throws SQLException {
        this.source = source;
        this.connection = source.getConnection();
    }

    @Override
    public <T> T run(Work<T> work) {
        boolean joins = lock.isHeldByCurrentThread();
        lock.lock();
        try {
            // Committing here would commit half of the transaction that this thread has under way.
            return joins ? JdbcSession.within(connection).run(work) : JdbcSession.transaction(sound(), work);
        } catch (SQLException e) {
            throw JdbcSession.failed(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public <T> T outside(Work<T> work) {
        lock.lock();
        try {
            return work.on(sound());
        } catch (SQLException e) {
            throw JdbcSession.failed(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<DataSource> source() {
        return Optional.of(source);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            connection.close();
        } catch (SQLException e) {
            throw JdbcSession.failed(e);
        } finally {
            lock.unlock();
        }
    }

    private Connection sound() throws SQLException {
        if (connection.isClosed() && !closed) {
            connection = source.getConnection();
        }
        return connection;
    }
}
