package io.trunkline.sync.table;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells a row that a database will never take from a database that is in trouble. */
final class RefusedRows {

    private RefusedRows() {}

    /** Whether the data were wrong (SQLSTATE classes 22 and 23), or did not go into their column's type. */
    static boolean isOne(SQLException e) {
        String state = state(e);
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    /** Why, without the values that drivers put into their messages. */
    static String reason(SQLException e) {
        return "the database does not take the row: SQLSTATE " + state(e);
    }

    private static @Nullable String state(SQLException e) {
        for (SQLException next = e; next != null; next = next.getNextException()) {
            if (next.getSQLState() != null) {
                return next.getSQLState();
            }
        }
        return null;
    }
}
