package io.trunkline.store;

import io.trunkline.value.Page;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keyed values in a table. */
final class JdbcValues implements Values {

    private static final String LIVE = " AND (expires IS NULL OR expires > ?)";
    private static final String CLAIM = "INSERT INTO trunkline_values (space, name, content, version, expires)"
            + " VALUES (?, ?, ?, 1, ?) ON CONFLICT (space, name) DO UPDATE"
            + " SET content = excluded.content, version = 1, expires = excluded.expires"
            + " WHERE trunkline_values.expires <= ?";
    private static final String UPDATE = "UPDATE trunkline_values SET content = ?, version = version + 1, expires = ?"
            + " WHERE space = ? AND name = ? AND version = ?" + LIVE;
    private static final String DELETE =
            "DELETE FROM trunkline_values WHERE space = ? AND name = ? AND version = ?" + LIVE;
    private static final String READ =
            "SELECT name, content, version, expires FROM trunkline_values WHERE space = ? AND name = ?" + LIVE;
    private static final String LIST = "SELECT name, content, version, expires FROM trunkline_values"
            + " WHERE space = ? AND name > ? AND substr(name, 1, ?) = ?" + LIVE + " ORDER BY name LIMIT ?";

    private final JdbcSession session;
    private final Expiry expiry;
    private final String space;

    JdbcValues(JdbcSession session, Expiry expiry, String space) {
        this.session = session;
        this.expiry = expiry;
        this.space = space;
    }

    @Override
    public Optional<Versioned> get(String key) {
        StoreNames.key(key);
        return session.run(connection -> {
            try (PreparedStatement read = connection.prepareStatement(READ)) {
                read.setString(1, space);
                read.setString(2, key);
                read.setLong(3, now());
                return rows(read).stream().findFirst();
            }
        });
    }

    @Override
    public boolean put(String key, byte[] value, long expectedVersion, @Nullable Instant expires) {
        StoreNames.key(key);
        byte[] content = StoreNames.value(value);
        return expectedVersion == ABSENT
                ? claimed(key, content, expires)
                : updated(key, content, expectedVersion, expires);
    }

    @Override
    public boolean delete(String key, long expectedVersion) {
        StoreNames.key(key);
        return session.run(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                delete.setString(1, space);
                delete.setString(2, key);
                delete.setLong(3, expectedVersion);
                delete.setLong(4, now());
                return delete.executeUpdate() == 1;
            }
        });
    }

    @Override
    public Page<Versioned> list(String prefix, Optional<String> cursor, int limit) {
        StoreNames.prefix(prefix);
        StoreNames.limit(limit);
        List<Versioned> found = session.run(connection -> {
            try (PreparedStatement list = connection.prepareStatement(LIST)) {
                list.setString(1, space);
                list.setString(2, cursor.orElse(""));
                list.setInt(3, prefix.codePointCount(0, prefix.length()));
                list.setString(4, prefix);
                list.setLong(5, now());
                list.setInt(6, limit + 1);
                return rows(list);
            }
        });
        return found.size() <= limit
                ? Page.last(found)
                : new Page<>(found.subList(0, limit), found.get(limit - 1).key());
    }

    private boolean claimed(String key, byte[] content, @Nullable Instant expires) {
        return session.run(connection -> {
            try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
                claim.setString(1, space);
                claim.setString(2, key);
                claim.setBytes(3, content);
                instant(claim, 4, expires);
                claim.setLong(5, now());
                boolean claimed = claim.executeUpdate() == 1;
                expiry.written(connection);
                return claimed;
            }
        });
    }

    private boolean updated(String key, byte[] content, long version, @Nullable Instant expires) {
        return session.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
                update.setBytes(1, content);
                instant(update, 2, expires);
                update.setString(3, space);
                update.setString(4, key);
                update.setLong(5, version);
                update.setLong(6, now());
                return update.executeUpdate() == 1;
            }
        });
    }

    private long now() {
        return expiry.now();
    }

    private static List<Versioned> rows(PreparedStatement query) throws SQLException {
        List<Versioned> found = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                long expires = rows.getLong(4);
                Instant until = rows.wasNull() ? null : Instant.ofEpochMilli(expires);
                found.add(new Versioned(rows.getString(1), rows.getBytes(2), rows.getLong(3), until));
            }
        }
        return found;
    }

    private static void instant(PreparedStatement statement, int index, @Nullable Instant value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, StoreNames.millis(value));
        }
    }
}
