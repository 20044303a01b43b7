package io.trunkline.webhook.subscription;

import io.trunkline.error.ConnectorException;
import io.trunkline.error.NotFoundException;
import io.trunkline.value.TimeSource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Brings a platform to what is wanted, under a lease that its maker holds. */
final class SubscriptionSettler {

    /** Of several, the same is kept whoever decides: the one that lasts longest, of these the first by its id. */
    private static final Comparator<Subscription> BEST = Comparator.comparing(
                    (Subscription each) -> each.expires().orElse(Instant.MAX))
            .reversed()
            .thenComparing(Subscription::id);

    private final SubscriptionApi api;
    private final Wishes wishes;
    private final TimeSource time;
    private final Runnable requireLease;

    SubscriptionSettler(SubscriptionApi api, Wishes wishes, TimeSource time, Runnable requireLease) {
        this.api = api;
        this.wishes = wishes;
        this.time = time;
        this.requireLease = requireLease;
    }

    /** One is there afterwards, and no other of the same address and topic. */
    Subscription present(Wish wish, List<Subscription> listed) {
        List<Subscription> matching =
                listed.stream().filter(wish::matches).sorted(BEST).toList();
        Optional<Subscription> live =
                matching.stream().filter(each -> live(each)).findFirst();
        Wish found = wish.found(live.orElseGet(() -> created(wish)), time.now());
        wishes.keep(found);
        matching.stream().filter(each -> !live.equals(Optional.of(each))).forEach(this::removed);
        if (found.renewalDue(time.now())) {
            found = found.found(renewed(found), time.now());
            wishes.keep(found);
        }
        return found.subscription().orElseThrow();
    }

    /** None is there afterwards. */
    void absent(Wish wish, List<Subscription> listed) {
        listed.stream().filter(wish::matches).forEach(this::removed);
        wishes.forget(wish);
    }

    private boolean live(Subscription subscription) {
        return subscription.expires().filter(end -> !end.isAfter(time.now())).isEmpty();
    }

    /** What may have been made is looked for before anybody thinks of making it again. */
    private Subscription created(Wish wish) {
        requireLease.run();
        try {
            return api.create(wish.address(), wish.topic());
        } catch (ConnectorException e) {
            return listedAfter(e).stream()
                    .filter(wish::matches)
                    .filter(this::live)
                    .min(BEST)
                    .orElseThrow(() -> e);
        }
    }

    private List<Subscription> listedAfter(ConnectorException failure) {
        try {
            return api.list();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    private Subscription renewed(Wish wish) {
        requireLease.run();
        try {
            return api.renew(wish.subscription().orElseThrow());
        } catch (NotFoundException e) {
            return created(wish);
        }
    }

    private void removed(Subscription subscription) {
        requireLease.run();
        try {
            api.remove(subscription);
        } catch (NotFoundException e) {
            // Somebody was faster; it is gone, as it should be.
        }
    }
}
