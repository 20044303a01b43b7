package io.trunkline.outbox;

import io.trunkline.delivery.Redelivery;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** When a write that was not made is tried again. */
final class OutboxPauses {

    /** A request whose end is not known may still be at work at the platform for so long: only then it is asked. */
    static final Duration SETTLED = Duration.ofMinutes(2);

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_DOUBLINGS = 16;

    private OutboxPauses() {}

    /** While the platform is down: doubling from 5 seconds up to 10 minutes, of that between half and all, by the item. */
    static Duration whileDown(int attempts, long item) {
        long grown = FIRST.toMillis() << Math.min(MOST_DOUBLINGS, Math.max(0, attempts - 1));
        long most = Math.min(grown, LONGEST.toMillis());
        return Duration.ofMillis(new SplittableRandom(item * 31 + attempts).nextLong(most / 2, most + 1));
    }

    /** After a failure that nobody can explain, seven times, over more than a day; a fifth shorter at the most. */
    static Redelivery afterDoubt() {
        return new Redelivery(List.of(
                SETTLED.multipliedBy(5).dividedBy(4),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Duration.ofHours(2),
                Duration.ofHours(5),
                Duration.ofHours(10),
                Duration.ofHours(10)));
    }
}
