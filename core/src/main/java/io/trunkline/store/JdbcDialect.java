package io.trunkline.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Where SQLite and PostgreSQL differ. */
enum JdbcDialect {
    SQLITE(
            List.of(
                    "PRAGMA journal_mode = WAL",
                    // FULL, because NORMAL loses the last commits when the power fails.
                    "PRAGMA synchronous = FULL",
                    "PRAGMA busy_timeout = 5000"),
            "INTEGER PRIMARY KEY AUTOINCREMENT",
            "BLOB",
            "TEXT",
            "",
            ""),
    POSTGRESQL(
            // One node at a time, because IF NOT EXISTS is not safe against another node doing the same.
            List.of("SELECT pg_advisory_xact_lock(7251908364)"),
            "BIGSERIAL PRIMARY KEY",
            "BYTEA",
            "TEXT COLLATE \"C\"",
            " FOR UPDATE SKIP LOCKED",
            "SELECT pg_advisory_xact_lock(hashtextextended(?, 7251908364))");

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed.
    private final List<String> first;

    private final String serial;
    private final String bytes;
    private final String text;
    private final String skipLocked;
    private final String lock;

    JdbcDialect(List<String> first, String serial, String bytes, String text, String... locks) {
        this.first = first;
        this.serial = serial;
        this.bytes = bytes;
        this.text = text;
        this.skipLocked = locks[0];
        this.lock = locks[1];
    }

    /** Statements for a new connection, or for the transaction that makes the tables. */
    List<String> first() {
        return first;
    }

    /** Statements that leave nothing in the file of what was overwritten. */
    List<String> cleaning() {
        return this == SQLITE
                ? List.of("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
                : List.of(
                        "VACUUM FULL trunkline_values", "VACUUM FULL trunkline_queue", "VACUUM FULL trunkline_leases");
    }

    /** The end of a query whose rows other nodes shall leave alone. */
    String skipLocked() {
        return skipLocked;
    }

    /**
     * Waits until no other transaction adds under the same name: otherwise a later id could be seen before an earlier one,
     * and both be taken. SQLite has one writer anyhow.
     */
    void lock(Connection connection, String name) throws SQLException {
        if (!lock.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(lock)) {
                statement.setString(1, name);
                statement.execute();
            }
        }
    }

    List<String> tables() {
        return List.of(
                "CREATE TABLE IF NOT EXISTS trunkline_values (space " + text + " NOT NULL, name " + text
                        + " NOT NULL, content " + bytes + " NOT NULL, version BIGINT NOT NULL, expires BIGINT,"
                        + " PRIMARY KEY (space, name))",
                "CREATE INDEX IF NOT EXISTS trunkline_values_expiry ON trunkline_values (expires)",
                "CREATE TABLE IF NOT EXISTS trunkline_leases (name " + text
                        + " PRIMARY KEY, token BIGINT NOT NULL, held_until BIGINT NOT NULL)",
                "CREATE TABLE IF NOT EXISTS trunkline_queue (id " + serial + ", queue " + text + " NOT NULL, entity "
                        + text + " NOT NULL, payload " + bytes
                        + " NOT NULL, attempts INTEGER NOT NULL, failures INTEGER NOT NULL,"
                        + " added BIGINT NOT NULL, not_before BIGINT NOT NULL, reason " + text
                        + " NOT NULL, dedupe " + text + ", taken_until BIGINT, dead INTEGER NOT NULL)",
                "CREATE UNIQUE INDEX IF NOT EXISTS trunkline_queue_once ON trunkline_queue (queue, dedupe)",
                "CREATE INDEX IF NOT EXISTS trunkline_queue_order ON trunkline_queue (queue, dead, entity, id)",
                // Whoever takes the oldest goes by this one; by the other it would have to look at all that waits.
                "CREATE INDEX IF NOT EXISTS trunkline_queue_age ON trunkline_queue (queue, dead, id)");
    }
}
