package io.trunkline.sync.schedule;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import io.trunkline.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The table that schedules are kept in, in both databases of the store. It is not db-scheduler's usual one, which may be
 * the application's own.
 */
enum ScheduleTable {
    SQLITE("TEXT", "BLOB", "BIGINT", ""),
    // One node at a time, because IF NOT EXISTS is not safe against another node doing the same.
    POSTGRESQL("TEXT", "BYTEA", "TIMESTAMP WITH TIME ZONE", "SELECT pg_advisory_xact_lock(7251908365)");

    static final String NAME = "trunkline_schedules";

    private final String text;
    private final String bytes;
    private final String instant;
    private final String lock;

    ScheduleTable(String text, String bytes, String instant, String lock) {
        this.text = text;
        this.bytes = bytes;
        this.instant = instant;
        this.lock = lock;
    }

    /** Makes the table if it is not there. */
    static ScheduleTable made(DataSource source) {
        try (Connection connection = source.getConnection()) {
            ScheduleTable table =
                    connection.getMetaData().getDatabaseProductName().equals("PostgreSQL") ? POSTGRESQL : SQLITE;
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                for (String each : table.statements()) {
                    statement.execute(each);
                }
            }
            connection.commit();
            connection.setAutoCommit(true);
            return table;
        } catch (SQLException e) {
            throw new StoreException("the table of schedules cannot be made", e);
        }
    }

    JdbcCustomization customization() {
        return this == POSTGRESQL ? new PostgreSqlJdbcCustomization(false, false) : new InSqlite();
    }

    private List<String> statements() {
        return List.of(
                lock.isEmpty() ? "SELECT 1" : lock,
                "CREATE TABLE IF NOT EXISTS " + NAME + " (task_name " + text + " NOT NULL, task_instance " + text
                        + " NOT NULL, task_data " + bytes + ", execution_time " + instant + " NOT NULL,"
                        + " picked BOOLEAN NOT NULL, picked_by " + text + ", last_success " + instant
                        + ", last_failure " + instant + ", consecutive_failures INT, last_heartbeat " + instant
                        + ", version BIGINT NOT NULL, priority SMALLINT, PRIMARY KEY (task_name, task_instance))",
                "CREATE INDEX IF NOT EXISTS " + NAME + "_time ON " + NAME + " (execution_time)",
                "CREATE INDEX IF NOT EXISTS " + NAME + "_beat ON " + NAME + " (last_heartbeat)");
    }

    /** Instants as numbers, which SQLite can compare, and its own word for a limit. */
    private static final class InSqlite extends DefaultJdbcCustomization {

        InSqlite() {
            super(true);
        }

        @Override
        public void setInstant(PreparedStatement statement, int index, @Nullable Instant value) throws SQLException {
            if (value == null) {
                statement.setObject(index, null);
            } else {
                statement.setLong(index, value.toEpochMilli());
            }
        }

        @Override
        public @Nullable Instant getInstant(ResultSet row, String column) throws SQLException {
            long millis = row.getLong(column);
            return row.wasNull() ? null : Instant.ofEpochMilli(millis);
        }

        @Override
        public String getQueryLimitPart(int limit) {
            return " LIMIT " + limit;
        }

        @Override
        public String getName() {
            return "SQLite";
        }
    }
}
