package io.trunkline.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * When work that failed is tried again.
 *
 * @param pauses one after each try, in order; after the last try the work is put aside
 */
public record Redelivery(List<Duration> pauses) {

    private static final int JITTER_PARTS = 5;

    /** Keeps its own copy. */
    public Redelivery {
        pauses = List.copyOf(pauses);
    }

    /** After 5 seconds, 5 and 30 minutes, 2, 5, 10 and 10 hours: 27 and a half hours in all, as Standard Webhooks do. */
    public static Redelivery standard() {
        return new Redelivery(List.of(
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Duration.ofHours(2),
                Duration.ofHours(5),
                Duration.ofHours(10),
                Duration.ofHours(10)));
    }

    /**
     * The pause after a number of failures, up to a fifth shorter so that not all come back at once; empty for never.
     *
     * @param item the item's id, on which depends how much shorter: the same item always pauses as long
     */
    public Optional<Duration> after(int failures, long item) {
        if (failures > pauses.size()) {
            return Optional.empty();
        }
        Duration pause = pauses.get(Math.max(failures, 1) - 1);
        long jitter = new SplittableRandom(item * 31 + failures).nextLong(pause.toMillis() / JITTER_PARTS + 1);
        return Optional.of(pause.minusMillis(jitter));
    }
}
