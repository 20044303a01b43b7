package io.trunkline.store;

import io.trunkline.value.TimeSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The time by which values of a table expire, and their removal now and then: nobody else would ever remove them. */
final class Expiry {

    private final JdbcDialect dialect;
    private final TimeSource time;
    private final Sweep sweep;

    Expiry(JdbcDialect dialect, TimeSource time, Sweep sweep) {
        this.dialect = dialect;
        this.time = time;
        this.sweep = sweep;
    }

    long now() {
        return time.now().toEpochMilli();
    }

    /** Called in the transaction of a write. */
    void written(Connection connection) throws SQLException {
        if (sweep.due()) {
            String some = "SELECT space, name FROM trunkline_values WHERE expires <= ? ORDER BY expires LIMIT "
                    + Sweep.MOST + dialect.skipLocked();
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM trunkline_values WHERE (space, name) IN (" + some + ")")) {
                delete.setLong(1, now());
                delete.executeUpdate();
            }
        }
    }
}
