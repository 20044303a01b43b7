package io.trunkline.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** All that is left to chance in one world, from one seed. */
public final class Chances {

    private final Random random;
    private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
    private boolean calm;

    /** The chances of a seed. */
    public Chances(long seed) {
        this.random = new Random(seed);
    }

    /** Whether a fault strikes now. */
    public boolean strikes(Fault fault) {
        boolean strikes = !calm && random.nextInt(1000) < fault.ofThousand();
        if (strikes) {
            struck.merge(fault, 1, Integer::sum);
        }
        return strikes;
    }

    /** One of so many. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** From here on nothing goes wrong. */
    public void calm() {
        calm = true;
    }

    /** How often each fault has struck. */
    public Map<Fault, Integer> struck() {
        return struck;
    }
}
