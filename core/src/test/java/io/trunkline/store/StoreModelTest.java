package io.trunkline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random operations on each form and on a model that is too simple to be wrong; every answer must be the same. One seed is
 * replayed by {@code -Dtrunkline.seed}.
 */
@Timeout(300)
final class StoreModelTest {

    private static final long SEED = Long.getLong("trunkline.seed", System.nanoTime());
    private static final int STEPS = 80;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void operations_anyThatCanBe_giveWhatTheModelGives(StoreForms form) {
        VirtualClock clock = VirtualClock.single();
        int rounds = form == StoreForms.MEMORY ? 400 : 40;
        try (Store store = form.open(Clocks.of(clock), folder)) {
            for (int round = 0; round < rounds; round++) {
                run(
                        new StoreRound(
                                store,
                                new StoreModel(clock::now),
                                clock,
                                new Random(SEED + round),
                                form.listsInOrder()),
                        SEED + round);
            }
        }
    }

    /** The controls: stores with mistakes, each of which must be noticed. */
    @Test
    void mistakes_inAStore_areNoticed() {
        assertThrows(AssertionError.class, () -> wrong(Mistake.LOSES_ROLLBACK));
        assertThrows(AssertionError.class, () -> wrong(Mistake.NEVER_EXPIRES));
        assertThrows(AssertionError.class, () -> wrong(Mistake.FORGETS_ORDER));
    }

    private enum Mistake {
        LOSES_ROLLBACK,
        NEVER_EXPIRES,
        FORGETS_ORDER
    }

    private static void wrong(Mistake mistake) {
        VirtualClock clock = VirtualClock.single();
        VirtualClock standing = VirtualClock.single();
        Store good = Store.inMemory(Clocks.of(mistake == Mistake.NEVER_EXPIRES ? standing : clock));
        Store bad = new Mistaken(good, mistake);
        for (int round = 0; round < 50; round++) {
            run(new StoreRound(bad, new StoreModel(clock::now), clock, new Random(round), true), round);
        }
    }

    private static void run(StoreRound round, long seed) {
        for (int step = 0; step < STEPS; step++) {
            String did = "seed " + seed + " step " + step;
            try {
                round.step();
            } catch (AssertionError e) {
                throw new AssertionError(did + ": " + e.getMessage(), e);
            }
        }
        assertEquals(round.wholeOfModel(), round.wholeOfStore(), "seed " + seed);
    }

    /** A good store, but for one mistake. */
    private static final class Mistaken implements Store {

        private final Store good;
        private final Mistake mistake;

        Mistaken(Store good, Mistake mistake) {
            this.good = good;
            this.mistake = mistake;
        }

        @Override
        public Values values(String space) {
            return good.values(space);
        }

        @Override
        public Leases leases() {
            return good.leases();
        }

        @Override
        public OrderedQueue queue(String name) {
            return mistake == Mistake.FORGETS_ORDER ? new UnorderedQueue(good.queue(name)) : good.queue(name);
        }

        @Override
        public List<String> queueNames() {
            return good.queueNames();
        }

        @Override
        public <T> T atomically(Function<Store, T> work) {
            return mistake == Mistake.LOSES_ROLLBACK ? work.apply(this) : good.atomically(inside -> work.apply(this));
        }

        @Override
        public void close() {
            good.close();
        }
    }
}
