package example;

import io.trunkline.store.Lease;
import io.trunkline.store.Leases;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.store.Versioned;
import io.trunkline.value.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A store that, at one named point, says so and waits to be killed. */
record StoppingStore(Store real, String point) implements Store {

    /** Where a process may be killed, in the order in which it passes them. */
    static final List<String> POINTS = List.of(
            "before-read", "before-lease", "lease-held", StoppingStore.LOST, "saved-not-used", "before-release", "released");

    /** The one window that no client can close: the server has answered, and nobody but this process has heard it. */
    static final String LOST = "answered-not-saved";

    private void pass(String here) {
        if (!here.equals(point)) {
            return;
        }
        System.out.println("at " + here);
        while (true) {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public Values values(String space) {
        Values values = real.values(space);
        return new Values() {
            @Override
            public Optional<Versioned> get(String key) {
                pass("before-read");
                return values.get(key);
            }

            @Override
            public boolean put(String key, byte[] value, long expectedVersion, Instant expires) {
                pass(LOST);
                boolean put = values.put(key, value, expectedVersion, expires);
                pass("saved-not-used");
                return put;
            }

            @Override
            public boolean delete(String key, long expectedVersion) {
                return values.delete(key, expectedVersion);
            }

            @Override
            public Page<Versioned> list(String prefix, Optional<String> cursor, int limit) {
                return values.list(prefix, cursor, limit);
            }
        };
    }

    @Override
    public Leases leases() {
        Leases leases = real.leases();
        return (name, time) -> {
            pass("before-lease");
            Optional<Lease> lease = leases.acquire(name, time);
            pass("lease-held");
            return lease.map(Stopping::new);
        };
    }

    final class Stopping implements Lease {

        private final Lease lease;

        Stopping(Lease lease) {
            this.lease = lease;
        }

        @Override
        public String name() {
            return lease.name();
        }

        @Override
        public long token() {
            return lease.token();
        }

        @Override
        public boolean held() {
            return lease.held();
        }

        @Override
        public boolean renew(Duration time) {
            return lease.renew(time);
        }

        @Override
        public void close() {
            pass("before-release");
            lease.close();
            pass("released");
        }
    }

    @Override
    public OrderedQueue queue(String name) {
        return real.queue(name);
    }

    @Override
    public List<String> queueNames() {
        return real.queueNames();
    }

    @Override
    public <T> T atomically(Function<Store, T> work) {
        return real.atomically(work);
    }

    @Override
    public void close() {
        real.close();
    }
}
