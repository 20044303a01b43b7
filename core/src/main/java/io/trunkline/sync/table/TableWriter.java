package io.trunkline.sync.table;

import io.trunkline.sync.Change;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkResult;
import io.trunkline.sync.SinkResult.Refused;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes batches, each with its cursor in one transaction; of a batch that the database will not take, the rows at fault are found. */
final class TableWriter {

    private final Connection connection;
    private final RowBinder rows;
    private final @Nullable ArrayUpsert arrays;
    private final String upsert;
    private final String delete;
    private final String readCursor;
    private final String takeOver;
    private final String begin;

    TableWriter(Connection connection, TableDialect dialect, TableLayout layout) throws SQLException {
        this.connection = connection;
        this.rows = new RowBinder(dialect, layout);
        this.arrays = dialect == TableDialect.POSTGRESQL ? ArrayUpsert.of(connection, layout, rows) : null;
        this.upsert = dialect.upsert(layout.table(), layout.names(), TableLayout.VERSION);
        this.delete =
                "DELETE FROM " + dialect.quoted(layout.table()) + " WHERE " + dialect.quoted(TableLayout.KEY) + " = ?";
        String cursors = dialect.quoted(TableSchema.CURSORS);
        String stream = dialect.quoted("stream");
        String fence = dialect.quoted("fence");
        String place = dialect.quoted("place");
        this.readCursor = "SELECT " + place + " FROM " + cursors + " WHERE " + stream + " = ?";
        this.takeOver = "UPDATE " + cursors + " SET " + fence + " = ?, " + place + " = COALESCE(?, " + place
                + ") WHERE " + stream + " = ? AND " + fence + " <= ?";
        this.begin = "INSERT INTO " + cursors + " (" + stream + ", " + fence + ", " + place + ") VALUES (?, ?, NULL)";
    }

    /** Takes the stream over from runs with a smaller fence, and says how far it was written. */
    Optional<SyncCursor> begin(SinkStream stream) throws SQLException {
        connection.setAutoCommit(false);
        Optional<SyncCursor> kept = Optional.empty();
        boolean known = false;
        try (PreparedStatement read = connection.prepareStatement(readCursor)) {
            read.setString(1, stream.name());
            try (ResultSet row = read.executeQuery()) {
                known = row.next();
                kept = known ? Optional.ofNullable(row.getString(1)).map(SyncCursor::new) : kept;
            }
        }
        if (!known) {
            insert(stream);
        }
        move(stream.name(), null, stream.fence());
        connection.commit();
        return kept;
    }

    SinkResult write(SinkBatch batch) throws SQLException {
        boolean committed = false;
        try {
            // The cursor's row first: it is locked until the commit, so that no other run can come between.
            move(batch.stream(), batch.next(), batch.fence());
            Savepoint before = connection.setSavepoint();
            try {
                all(batch.records());
            } catch (SQLException e) {
                if (!RefusedRows.isOne(e)) {
                    throw e;
                }
                connection.rollback(before);
                List<Refused> refused = oneByOne(batch.records());
                if (!refused.isEmpty()) {
                    return new SinkResult(0, 0, refused);
                }
            }
            connection.commit();
            committed = true;
            return SinkResult.all(batch.records().size());
        } finally {
            if (!committed) {
                connection.rollback();
            }
        }
    }

    private void insert(SinkStream stream) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(begin)) {
            insert.setString(1, stream.name());
            insert.setLong(2, stream.fence());
            insert.executeUpdate();
        }
    }

    private void move(String stream, @Nullable SyncCursor next, long fence) throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(takeOver)) {
            move.setLong(1, fence);
            move.setString(2, next == null ? null : next.text());
            move.setString(3, stream);
            move.setLong(4, fence);
            if (move.executeUpdate() != 1) {
                throw new IllegalStateException("another run has taken the stream over");
            }
        }
    }

    private void all(List<Change> records) throws SQLException {
        List<Change> put = records.stream().filter(record -> !record.deleted()).toList();
        if (arrays != null && put.size() > 1) {
            arrays.put(put);
        } else {
            each(upsert, put);
        }
        each(delete, records.stream().filter(Change::deleted).toList());
    }

    private void each(String sql, List<Change> records) throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Change record : records) {
                bind(record, statement);
            }
            statement.executeBatch();
        }
    }

    private void bind(Change record, PreparedStatement statement) throws SQLException {
        if (record.deleted()) {
            statement.setString(1, record.ref().id());
        } else {
            rows.bind(record, statement);
        }
        statement.addBatch();
    }

    private List<Refused> oneByOne(List<Change> records) throws SQLException {
        List<Refused> refused = new ArrayList<>();
        for (Change record : records) {
            Savepoint before = connection.setSavepoint();
            try {
                all(List.of(record));
            } catch (SQLException e) {
                if (!RefusedRows.isOne(e)) {
                    throw e;
                }
                connection.rollback(before);
                refused.add(new Refused(record, RefusedRows.reason(e)));
            }
        }
        return refused;
    }
}
