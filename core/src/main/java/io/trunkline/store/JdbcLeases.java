package io.trunkline.store;

import io.trunkline.value.TimeSource;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Optional;

/** Leases in a table; the token grows with each holder and fences late ones. */
final class JdbcLeases implements Leases {

    private static final String ACQUIRE = "INSERT INTO trunkline_leases (name, token, held_until) VALUES (?, 1, ?)"
            + " ON CONFLICT (name) DO UPDATE SET token = trunkline_leases.token + 1,"
            + " held_until = excluded.held_until WHERE trunkline_leases.held_until <= ? RETURNING token";
    private static final String HELD = "SELECT 1 FROM trunkline_leases WHERE name = ? AND token = ? AND held_until > ?";
    private static final String RENEW =
            "UPDATE trunkline_leases SET held_until = ? WHERE name = ? AND token = ? AND held_until > ?";

    private final JdbcSession session;
    private final TimeSource time;

    JdbcLeases(JdbcSession session, TimeSource time) {
        this.session = session;
        this.time = time;
    }

    @Override
    public Optional<Lease> acquire(String name, Duration duration) {
        StoreNames.key(name);
        return session.run(connection -> {
            try (PreparedStatement acquire = connection.prepareStatement(ACQUIRE)) {
                acquire.setString(1, name);
                acquire.setLong(2, after(duration));
                acquire.setLong(3, now());
                try (ResultSet token = acquire.executeQuery()) {
                    return token.next() ? Optional.of(new Held(name, token.getLong(1))) : Optional.empty();
                }
            }
        });
    }

    private long after(Duration duration) {
        return StoreNames.millis(StoreNames.after(time.now(), duration));
    }

    private long now() {
        return time.now().toEpochMilli();
    }

    private final class Held implements Lease {

        private final String name;
        private final long token;

        Held(String name, long token) {
            this.name = name;
            this.token = token;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long token() {
            return token;
        }

        @Override
        public boolean held() {
            return session.run(connection -> {
                try (PreparedStatement held = connection.prepareStatement(HELD)) {
                    held.setString(1, name);
                    held.setLong(2, token);
                    held.setLong(3, now());
                    try (ResultSet row = held.executeQuery()) {
                        return row.next();
                    }
                }
            });
        }

        @Override
        public boolean renew(Duration duration) {
            return until(after(duration));
        }

        @Override
        public void close() {
            until(0);
        }

        private boolean until(long instant) {
            return session.run(connection -> {
                try (PreparedStatement renew = connection.prepareStatement(RENEW)) {
                    renew.setLong(1, instant);
                    renew.setString(2, name);
                    renew.setLong(3, token);
                    renew.setLong(4, now());
                    return renew.executeUpdate() == 1;
                }
            });
        }
    }
}
