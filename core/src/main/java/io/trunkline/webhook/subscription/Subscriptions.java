package io.trunkline.webhook.subscription;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.privacy.MaskedLog;
import io.trunkline.store.Lease;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sees to it that a platform calls an address: one subscription an address and topic, whoever asks for it and however
 * often, there again if it vanishes, renewed when half of its term is over. What is wanted is kept in the store, and one
 * node at a time speaks with the platform. Thread-safe.
 */
public final class Subscriptions {

    private static final MaskedLog LOG = MaskedLog.of(Subscriptions.class);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(200);

    private final SubscriptionApi api;
    private final Store store;
    private final TimeSource time;
    private final Duration every;
    private final Wishes wishes;

    /**
     * The subscriptions of one connection.
     *
     * @param every how often {@link #sweep} looks whether a subscription is still there
     * @throws IllegalArgumentException if the period is not positive
     */
    public Subscriptions(SubscriptionApi api, Store store, TimeSource time, Duration every) {
        if (every.isNegative() || every.isZero()) {
            throw new IllegalArgumentException("the period must be positive");
        }
        this.api = api;
        this.store = store;
        this.time = time;
        this.every = every;
        this.wishes = new Wishes(store, api.connection());
    }

    /**
     * Sees to it that there is exactly one subscription of an address and topic. If it fails, the wish is kept, and
     * {@link #sweep} tries on.
     *
     * @param address beginning with https, or with http on this machine
     * @param topic in the platform's own words
     * @throws IllegalArgumentException if the address is of another form
     * @throws io.trunkline.error.ConnectorException if the platform cannot be asked, or another node is at it for long
     */
    public Subscription ensure(URI address, String topic) {
        CallbackAddress.checked(address);
        try (Lease lease = patiently()) {
            Wish asked = Wish.of(address, topic, true);
            Wish wish = wishes.get(asked).orElse(asked).wanted(true);
            wishes.keep(wish);
            return settler(lease).present(wish, api.list());
        }
    }

    /**
     * Removes the subscription of an address and topic, if there is one. If it fails, {@link #sweep} tries on.
     *
     * @throws io.trunkline.error.ConnectorException if the platform cannot be asked, or another node is at it for long
     */
    public void remove(URI address, String topic) {
        try (Lease lease = patiently()) {
            Wish wish = Wish.of(address, topic, false);
            wishes.keep(wish);
            settler(lease).absent(wish, api.list());
        }
    }

    /** What is wanted and was found at the platform when last looked. */
    public List<Subscription> known() {
        return wishes.all().stream()
                .filter(Wish::wanted)
                .flatMap(wish -> wish.subscription().stream())
                .toList();
    }

    /**
     * Renews what is due, makes anew what has vanished, removes what was to be removed, on the caller's thread. The
     * platform is asked only if something is due. Does nothing while another node does it.
     *
     * @throws RuntimeException what the first subscription failed with, after all others were seen to
     */
    public void sweep() {
        Optional<Lease> taken = store.leases().acquire(wishes.lease(), LEASE);
        if (taken.isEmpty()) {
            return;
        }
        try (Lease lease = taken.get()) {
            Instant now = time.now();
            List<Wish> due = wishes.all().stream()
                    .filter(wish -> wish.checkDue(now, every))
                    .toList();
            if (!due.isEmpty()) {
                settle(due, api.list(), settler(lease));
            }
        }
    }

    private void settle(List<Wish> due, List<Subscription> listed, SubscriptionSettler settler) {
        RuntimeException failure = null;
        for (Wish wish : due) {
            try {
                if (wish.wanted()) {
                    settler.present(wish, listed);
                } else {
                    settler.absent(wish, listed);
                }
            } catch (RuntimeException e) {
                LOG.warn("{} cannot see to a subscription ({})", api.connection(), e.getClass());
                Stream.ofNullable(failure).forEach(e::addSuppressed);
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private SubscriptionSettler settler(Lease lease) {
        return new SubscriptionSettler(api, wishes, time, () -> {
            if (!lease.renew(LEASE)) {
                throw new IllegalStateException("another node has taken the subscriptions over");
            }
        });
    }

    private Lease patiently() {
        long end = time.nanos() + PATIENCE.toNanos();
        while (time.nanos() - end < 0) {
            Optional<Lease> lease = store.leases().acquire(wishes.lease(), LEASE);
            if (lease.isPresent()) {
                return lease.get();
            }
            try {
                time.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failures.of("interrupted while another node was at it", context(ErrorKind.CANCELLED), e);
            }
        }
        throw Failures.of(
                "another node sees to the subscriptions; nothing was done, try again",
                context(ErrorKind.REJECTED_LOCALLY));
    }

    private ErrorContext context(ErrorKind kind) {
        return ErrorContext.of(api.connection(), "subscriptions.ensure", kind);
    }
}
