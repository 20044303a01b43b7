package io.trunkline.proofs;

import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What handlers have done, in a table of the application's own that would take an effect twice. */
final class Effects {

    private Effects() {}

    /** Makes the table if it is not there. */
    static void prepare(Store store, boolean postgresql) {
        String id = postgresql ? "BIGSERIAL PRIMARY KEY" : "INTEGER PRIMARY KEY AUTOINCREMENT";
        sql(store, statement -> {
            statement.execute("CREATE TABLE IF NOT EXISTS effects (id " + id
                    + ", entity TEXT NOT NULL, number INTEGER NOT NULL)");
            return true;
        });
    }

    /** Notes an event, in a transaction that is under way. */
    static void add(Noted event, Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO effects (entity, number) VALUES (?, ?)")) {
            insert.setString(1, event.header().entity());
            insert.setInt(2, event.number());
            insert.executeUpdate();
        }
    }

    static int count(Store store) {
        return sql(store, statement -> {
            try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM effects")) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    /** The ids of the events in the order of their effects. */
    static List<String> ids(Store store) {
        return sql(store, statement -> {
            List<String> ids = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT entity, number FROM effects ORDER BY id")) {
                while (rows.next()) {
                    ids.add(Notes.id(rows.getString(1) + " " + rows.getInt(2)));
                }
            }
            return ids;
        });
    }

    /** What is there more than once. */
    static List<String> twice(List<String> ids) {
        Set<String> seen = new HashSet<>();
        return ids.stream().filter(id -> !seen.add(id)).distinct().toList();
    }

    /** What stands after a later event of its entity. */
    static List<String> outOfOrder(List<String> ids) {
        Map<String, Integer> last = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (String id : ids) {
            int dash = id.lastIndexOf('-');
            int number = Integer.parseInt(id.substring(dash + 1));
            Integer before = last.put(id.substring(0, dash), number);
            if (before != null && before > number) {
                wrong.add(id);
            }
        }
        return wrong;
    }

    private interface Work<T> {
        T on(Statement statement) throws SQLException;
    }

    private static <T> T sql(Store store, Work<T> work) {
        return store.atomically(inside -> {
            try (Statement statement = JdbcStore.connection(inside).createStatement()) {
                return work.on(statement);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
