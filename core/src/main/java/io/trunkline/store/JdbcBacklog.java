package io.trunkline.store;

import io.trunkline.value.Page;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What lies in one queue of a table, read without taking any of it. */
final class JdbcBacklog {

    static final String COLUMNS = "SELECT id, entity, payload, attempts, failures, added, not_before, reason"
            + " FROM trunkline_queue q WHERE queue = ? AND dead = ?";

    /** Steps from name to name through the index: the items themselves may be very many. */
    private static final String NAMES = "WITH RECURSIVE names (name) AS (SELECT MIN(queue) FROM trunkline_queue"
            + " UNION ALL SELECT (SELECT MIN(queue) FROM trunkline_queue WHERE queue > name) FROM names"
            + " WHERE name IS NOT NULL) SELECT name FROM names WHERE name IS NOT NULL";

    private static final String COUNTS = "SELECT COUNT(CASE WHEN dead = 0 THEN 1 END),"
            + " COUNT(CASE WHEN dead = 0 AND taken_until > ? THEN 1 END),"
            + " COUNT(CASE WHEN dead = 0 AND (failures > 0 OR taken_until <= ?)"
            + " AND (taken_until IS NULL OR taken_until <= ?) THEN 1 END),"
            + " COUNT(CASE WHEN dead = 1 THEN 1 END), MIN(CASE WHEN dead = 0 THEN added END)"
            + " FROM trunkline_queue WHERE queue = ?";

    private final JdbcSession session;
    private final String queue;

    JdbcBacklog(JdbcSession session, String queue) {
        this.session = session;
        this.queue = queue;
    }

    static List<String> names(JdbcSession session) {
        return session.run(connection -> {
            List<String> names = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(NAMES);
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        });
    }

    Page<QueueItem> page(boolean dead, Optional<String> cursor, int limit) {
        StoreNames.limit(limit);
        List<QueueItem> items = session.run(connection -> {
            try (PreparedStatement query = connection.prepareStatement(COLUMNS + " AND id > ? ORDER BY id LIMIT ?")) {
                query.setString(1, queue);
                query.setInt(2, dead ? 1 : 0);
                query.setLong(3, cursor.map(Long::parseLong).orElse(0L));
                query.setInt(4, limit + 1);
                return rows(query);
            }
        });
        return items.size() <= limit
                ? Page.last(items)
                : new Page<>(
                        items.subList(0, limit),
                        Long.toString(items.get(limit - 1).id()));
    }

    Optional<QueueItem> one(boolean dead, long id) {
        return session.run(connection -> {
            try (PreparedStatement query = connection.prepareStatement(COLUMNS + " AND id = ?")) {
                query.setString(1, queue);
                query.setInt(2, dead ? 1 : 0);
                query.setLong(3, id);
                return rows(query).stream().findFirst();
            }
        });
    }

    QueueCounts counts(long now) {
        return session.run(connection -> {
            try (PreparedStatement query = connection.prepareStatement(COUNTS)) {
                for (int i = 1; i <= 3; i++) {
                    query.setLong(i, now);
                }
                query.setString(4, queue);
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    long oldest = row.getLong(5);
                    Instant since = row.wasNull() ? null : Instant.ofEpochMilli(oldest);
                    return new QueueCounts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), since);
                }
            }
        });
    }

    static List<QueueItem> rows(PreparedStatement query) throws SQLException {
        List<QueueItem> items = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                items.add(item(rows));
            }
        }
        return items;
    }

    static QueueItem item(ResultSet row) throws SQLException {
        return new QueueItem(
                row.getLong(1),
                row.getString(2),
                row.getBytes(3),
                row.getInt(4),
                row.getInt(5),
                Instant.ofEpochMilli(row.getLong(6)),
                Instant.ofEpochMilli(row.getLong(7)),
                row.getString(8));
    }
}
