package io.trunkline.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A walk through the tables of a store that rewrites rows, a page in each transaction. */
final class StoreWalk {

    private static final int PAGE = 200;
    private static final String VALUES = "SELECT space, name, content, version FROM trunkline_values"
            + " WHERE space > ? OR (space = ? AND name > ?) ORDER BY space, name LIMIT " + PAGE;
    private static final String VALUE =
            "UPDATE trunkline_values SET name = ?, content = ? WHERE space = ? AND name = ? AND version = ?";
    private static final String ITEMS = "SELECT id, queue, entity, payload, reason, dedupe FROM trunkline_queue"
            + " WHERE id > ? ORDER BY id LIMIT " + PAGE;
    private static final String ITEM = "UPDATE trunkline_queue SET entity = ?, payload = ?, dedupe = ? WHERE id = ?";
    /** Another reason was given meanwhile by somebody who seals with the newest key anyhow. */
    private static final String REASON = "UPDATE trunkline_queue SET reason = ? WHERE id = ? AND reason = ?";

    private final JdbcSession session;

    StoreWalk(JdbcSession session) {
        this.session = session;
    }

    /**
     * A row of the values.
     *
     * @param space its space
     * @param name its key as it lies there
     * @param content its bytes as they lie there
     * @param version its version, which rewriting leaves alone
     */
    record Value(String space, String name, byte[] content, long version) {}

    /**
     * A row of the queues.
     *
     * @param id its id
     * @param queue its queue
     * @param entity its entity as it lies there
     * @param payload its payload as it lies there
     * @param reason its reason as it lies there
     * @param once its id for recognising a second one, or null
     */
    record Item(
            long id,
            String queue,
            String entity,
            byte[] payload,
            String reason,
            @Nullable String once) {}

    /**
     * What makes a new row of an old one.
     *
     * @param <T> the row
     */
    interface Rewriting<T> {
        /** The new row, or null to leave the old one. */
        @Nullable
        T of(T row);
    }

    void values(Rewriting<Value> rewriting) {
        Optional<Value> last = Optional.of(new Value("", "", new byte[0], 0));
        while (last.isPresent()) {
            Value from = last.get();
            last = session.run(connection -> {
                List<Value> page = valuesAfter(connection, from);
                for (Value row : page) {
                    write(connection, row, rewriting.of(row));
                }
                return page.isEmpty() ? Optional.empty() : Optional.of(page.get(page.size() - 1));
            });
        }
    }

    void items(Rewriting<Item> rewriting) {
        Optional<Long> last = Optional.of(0L);
        while (last.isPresent()) {
            long from = last.get();
            last = session.run(connection -> {
                List<Item> page = itemsAfter(connection, from);
                for (Item row : page) {
                    write(connection, row, rewriting.of(row));
                }
                return page.isEmpty()
                        ? Optional.empty()
                        : Optional.of(page.get(page.size() - 1).id());
            });
        }
    }

    static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static List<Value> valuesAfter(Connection connection, Value last) throws SQLException {
        List<Value> page = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(VALUES)) {
            query.setString(1, last.space());
            query.setString(2, last.space());
            query.setString(3, last.name());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    page.add(new Value(rows.getString(1), rows.getString(2), rows.getBytes(3), rows.getLong(4)));
                }
            }
        }
        return page;
    }

    private static List<Item> itemsAfter(Connection connection, long last) throws SQLException {
        List<Item> page = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(ITEMS)) {
            query.setLong(1, last);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    page.add(new Item(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getBytes(4),
                            rows.getString(5),
                            rows.getString(6)));
                }
            }
        }
        return page;
    }

    private static void write(Connection connection, Value old, @Nullable Value row) throws SQLException {
        if (row != null) {
            try (PreparedStatement update = connection.prepareStatement(VALUE)) {
                update.setString(1, row.name());
                update.setBytes(2, row.content());
                update.setString(3, old.space());
                update.setString(4, old.name());
                update.setLong(5, old.version());
                update.executeUpdate();
            }
        }
    }

    private static void write(Connection connection, Item old, @Nullable Item row) throws SQLException {
        if (row != null) {
            try (PreparedStatement update = connection.prepareStatement(ITEM);
                    PreparedStatement reason = connection.prepareStatement(REASON)) {
                update.setString(1, row.entity());
                update.setBytes(2, row.payload());
                update.setString(3, row.once());
                update.setLong(4, old.id());
                update.executeUpdate();
                reason.setString(1, row.reason());
                reason.setLong(2, old.id());
                reason.setString(3, old.reason());
                reason.executeUpdate();
            }
        }
    }
}
