package io.trunkline.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Leases in a map; a token is never given out twice. */
final class MemoryLeases implements Leases {

    private record Holding(long token, Instant until) {}

    private final MemoryStore store;
    private final UndoableMap<String, Holding> holdings;

    MemoryLeases(MemoryStore store) {
        this.store = store;
        this.holdings = new UndoableMap<>(store, StoreNames.ORDER);
    }

    @Override
    public Optional<Lease> acquire(String name, Duration time) {
        StoreNames.key(name);
        return store.locked(() -> {
            Holding before = holdings.get(name);
            Instant now = store.time().now();
            if (before != null && now.isBefore(before.until())) {
                return Optional.empty();
            }
            long token = before == null ? 1 : before.token() + 1;
            holdings.put(name, new Holding(token, StoreNames.after(now, time)));
            return Optional.of(new MemoryLease(name, token));
        });
    }

    private boolean holds(String name, long token) {
        Holding holding = holdings.get(name);
        return holding != null && holding.token() == token && store.time().now().isBefore(holding.until());
    }

    private final class MemoryLease implements Lease {

        private final String name;
        private final long token;

        MemoryLease(String name, long token) {
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
            return store.locked(() -> holds(name, token));
        }

        @Override
        public boolean renew(Duration time) {
            return store.locked(() -> {
                boolean held = holds(name, token);
                if (held) {
                    holdings.put(
                            name,
                            new Holding(token, StoreNames.after(store.time().now(), time)));
                }
                return held;
            });
        }

        @Override
        public void close() {
            store.locked(() -> {
                if (holds(name, token)) {
                    holdings.put(name, new Holding(token, Instant.MIN));
                }
                return name;
            });
        }
    }
}
