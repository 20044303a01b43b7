package io.trunkline.store;

import io.trunkline.value.Page;
import io.trunkline.value.TimeSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A durable queue in a table, in order for each entity. */
final class JdbcQueue implements OrderedQueue {

    private static final String ADD = "INSERT INTO trunkline_queue (queue, entity, payload, attempts, failures, added,"
            + " not_before, reason, dedupe, dead) VALUES (?, ?, ?, 0, 0, ?, ?, '', ?, 0) ON CONFLICT DO NOTHING";
    /** Whoever took it before and did not come back has failed too, or what ends its process would be tried for ever. */
    private static final String FAILURES = "failures + (CASE WHEN taken_until IS NULL THEN 0 ELSE 1 END)";

    /**
     * By the least id, not by NOT EXISTS: of that PostgreSQL makes a join which, before its statistics know of a burst of
     * some thousand items, compares each with each and takes seconds for one.
     */
    private static final String HEADS = JdbcBacklog.COLUMNS.replace("failures", FAILURES)
            + " AND not_before <= ? AND (taken_until IS NULL OR taken_until <= ?)"
            + " AND id = (SELECT MIN(e.id) FROM trunkline_queue e WHERE e.queue = q.queue AND e.dead = 0"
            + " AND e.entity = q.entity) ORDER BY id LIMIT ?";

    private static final String TAKE = "UPDATE trunkline_queue SET attempts = attempts + 1, failures = " + FAILURES
            + ", taken_until = ? WHERE id = ?";
    private static final String OWNED = " WHERE id = ? AND attempts = ? AND taken_until IS NOT NULL AND dead = 0";
    private static final String EXTEND = "UPDATE trunkline_queue SET taken_until = ?" + OWNED;
    private static final String AGAIN = "UPDATE trunkline_queue SET not_before = ?, reason = ?,"
            + " failures = failures + 1, taken_until = NULL" + OWNED;
    private static final String LATER =
            "UPDATE trunkline_queue SET not_before = ?, reason = ?, taken_until = NULL" + OWNED;
    private static final String HASTEN = "UPDATE trunkline_queue SET not_before = ? WHERE queue = ? AND id = ?"
            + " AND dead = 0 AND taken_until IS NULL AND not_before > ?";
    private static final String ASIDE =
            "UPDATE trunkline_queue SET dead = 1, reason = ?," + " failures = failures + 1, taken_until = NULL" + OWNED;
    private static final String REPLAY = "INSERT INTO trunkline_queue (queue, entity, payload, attempts, failures,"
            + " added, not_before, reason, dedupe, dead) VALUES (?, ?, ?, 0, 0, ?, ?, '', ?, 0)";

    private final JdbcSession session;
    private final JdbcDialect dialect;
    private final TimeSource time;
    private final String queue;
    private final JdbcBacklog backlog;

    JdbcQueue(JdbcSession session, JdbcDialect dialect, TimeSource time, String queue) {
        this.session = session;
        this.dialect = dialect;
        this.time = time;
        this.queue = queue;
        this.backlog = new JdbcBacklog(session, queue);
    }

    @Override
    public boolean add(String entity, byte[] payload, Instant notBefore, @Nullable String dedupeId) {
        StoreNames.key(entity);
        StoreNames.dedupeId(dedupeId);
        byte[] content = StoreNames.value(payload);
        return session.run(connection -> {
            dialect.lock(connection, queue + "/" + entity);
            try (PreparedStatement add = connection.prepareStatement(ADD)) {
                add.setString(1, queue);
                add.setString(2, entity);
                add.setBytes(3, content);
                add.setLong(4, now());
                add.setLong(5, StoreNames.millis(notBefore));
                add.setString(6, dedupeId);
                return add.executeUpdate() == 1;
            }
        });
    }

    @Override
    public List<QueueItem> take(int most, Duration visibility) {
        long until = StoreNames.millis(StoreNames.after(time.now(), visibility));
        return session.run(connection -> {
            List<QueueItem> heads;
            try (PreparedStatement query = connection.prepareStatement(HEADS + dialect.skipLocked())) {
                query.setString(1, queue);
                query.setInt(2, 0);
                query.setLong(3, now());
                query.setLong(4, now());
                query.setInt(5, most);
                heads = JdbcBacklog.rows(query);
            }
            List<QueueItem> taken = new ArrayList<>();
            try (PreparedStatement take = connection.prepareStatement(TAKE)) {
                for (QueueItem head : heads) {
                    take.setLong(1, until);
                    take.setLong(2, head.id());
                    take.executeUpdate();
                    taken.add(attempted(head));
                }
            }
            return taken;
        });
    }

    @Override
    public boolean done(QueueItem item) {
        return changed("DELETE FROM trunkline_queue" + OWNED, item, null, null);
    }

    @Override
    public boolean extend(QueueItem item, Duration visibility) {
        return changed(EXTEND, item, time.now().plus(visibility), null);
    }

    @Override
    public boolean retry(QueueItem item, Instant notBefore, String reason) {
        return changed(AGAIN, item, notBefore, reason);
    }

    @Override
    public boolean postpone(QueueItem item, Instant notBefore, String reason) {
        return changed(LATER, item, notBefore, reason);
    }

    @Override
    public boolean dead(QueueItem item, String reason) {
        return changed(ASIDE, item, null, reason);
    }

    @Override
    public Page<QueueItem> pending(Optional<String> cursor, int limit) {
        return backlog.page(false, cursor, limit);
    }

    @Override
    public Page<QueueItem> deadLetters(Optional<String> cursor, int limit) {
        return backlog.page(true, cursor, limit);
    }

    @Override
    public Optional<QueueItem> pending(long id) {
        return backlog.one(false, id);
    }

    @Override
    public Optional<QueueItem> deadLetter(long id) {
        return backlog.one(true, id);
    }

    @Override
    public QueueCounts counts() {
        return backlog.counts(now());
    }

    @Override
    public boolean hasten(long id) {
        return session.run(connection -> {
            try (PreparedStatement hasten = connection.prepareStatement(HASTEN)) {
                hasten.setLong(1, now());
                hasten.setString(2, queue);
                hasten.setLong(3, id);
                hasten.setLong(4, now());
                return hasten.executeUpdate() == 1;
            }
        });
    }

    @Override
    public boolean replay(long id) {
        return session.run(connection -> {
            String dedupe = null;
            QueueItem old;
            try (PreparedStatement read = connection.prepareStatement(
                    JdbcBacklog.COLUMNS.replace("reason FROM", "reason, dedupe FROM") + " AND id = ?")) {
                read.setString(1, queue);
                read.setInt(2, 1);
                read.setLong(3, id);
                try (ResultSet row = read.executeQuery()) {
                    if (!row.next()) {
                        return false;
                    }
                    old = JdbcBacklog.item(row);
                    dedupe = row.getString("dedupe");
                }
            }
            return deleted(connection, id) && again(connection, old, dedupe);
        });
    }

    @Override
    public boolean drop(long id) {
        return session.run(connection -> deleted(connection, id));
    }

    private boolean again(Connection connection, QueueItem old, @Nullable String dedupe) throws SQLException {
        dialect.lock(connection, queue + "/" + old.entity());
        try (PreparedStatement add = connection.prepareStatement(REPLAY)) {
            add.setString(1, queue);
            add.setString(2, old.entity());
            add.setBytes(3, old.payload());
            add.setLong(4, old.addedAt().toEpochMilli());
            add.setLong(5, now());
            add.setString(6, dedupe);
            return add.executeUpdate() == 1;
        }
    }

    private boolean deleted(Connection connection, long id) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM trunkline_queue WHERE queue = ? AND id = ?")) {
            delete.setString(1, queue);
            delete.setLong(2, id);
            return delete.executeUpdate() == 1;
        }
    }

    private boolean changed(String sql, QueueItem item, @Nullable Instant at, @Nullable String reason) {
        return session.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                int index = 1;
                if (at != null) {
                    statement.setLong(index++, StoreNames.millis(at));
                }
                if (reason != null) {
                    statement.setString(index++, StoreNames.reason(reason));
                }
                statement.setLong(index++, item.id());
                statement.setInt(index, item.attempts());
                return statement.executeUpdate() == 1;
            }
        });
    }

    private long now() {
        return time.now().toEpochMilli();
    }

    private static QueueItem attempted(QueueItem item) {
        return new QueueItem(
                item.id(),
                item.entity(),
                item.payload(),
                item.attempts() + 1,
                item.failures(),
                item.addedAt(),
                item.notBefore(),
                item.reason());
    }
}
