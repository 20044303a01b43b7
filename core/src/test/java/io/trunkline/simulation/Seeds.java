package io.trunkline.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Which worlds are run: 3,000 in each build, as many as {@code -Dtrunkline.simulations} says, or the one that
 * {@code -Dtrunkline.seed} names.
 */
public final class Seeds {

    private static final int WORLDS = Integer.getInteger("trunkline.simulations", 3000);
    private static final int TOGETHER = 100;

    private Seeds() {}

    /** The first seed of each hundred. */
    public static LongStream hundreds() {
        long first = Long.getLong("trunkline.seed", System.nanoTime());
        System.out.println("worlds from seed " + first);
        return single()
                ? LongStream.of(first)
                : LongStream.range(0, WORLDS / TOGETHER).map(i -> first + i * TOGETHER);
    }

    /** Runs a hundred worlds; gives how often each fault struck in all of them. */
    public static Map<Fault, Integer> each(long first, LongFunction<Map<Fault, Integer>> world) {
        Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
        for (long seed = first; seed < first + (single() ? 1 : TOGETHER); seed++) {
            try {
                world.apply(seed).forEach((fault, times) -> struck.merge(fault, times, Integer::sum));
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        return struck;
    }

    /** Whether all but some faults have struck, or one world alone was run, of which that cannot be asked. */
    public static boolean seen(Map<Fault, Integer> struck, int others) {
        return single() || struck.size() == Fault.values().length - others;
    }

    /** Whether one world alone is run. */
    public static boolean single() {
        return System.getProperty("trunkline.seed") != null;
    }
}
