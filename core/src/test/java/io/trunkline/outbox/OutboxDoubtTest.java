package io.trunkline.outbox;

import static io.trunkline.outbox.OutboxNode.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.store.StoreForms;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes of which nobody knows whether they were made. */
@Timeout(120)
final class OutboxDoubtTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void unknown_thatWasDone_isFoundAndNotMadeAgain(StoreForms form) {
        try (OutboxNode node = new OutboxNode(form, folder)) {
            Instant begun = node.clock.now();
            node.diary.next(Diary.DONE_UNHEARD);
            node.put("a", 1);
            node.put("a", 2);

            node.drain();
            assertEquals(List.of("a1"), node.diary.lines());
            node.live(Duration.ofMinutes(3));

            assertEquals(List.of("a1", "a2"), node.diary.lines());
            assertEquals(List.of(begun), node.diary.asked());
            assertEquals("id of key-a1", ((OutboxResult.Done) node.result("key-a1")).platformId());
        }
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void unknown_thatWasNotDone_isMade(StoreForms form) {
        try (OutboxNode node = new OutboxNode(form, folder)) {
            node.diary.next(Diary.LOST_UNHEARD);
            node.put("a", 1);

            node.live(Duration.ofMinutes(3));

            assertEquals(List.of("a1"), node.diary.lines());
            assertInstanceOf(OutboxResult.Done.class, node.result("key-a1"));
        }
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void unknown_thatNobodyCanTell_isPutAsideAndItsEntityGoesOn(StoreForms form) {
        try (OutboxNode node = new OutboxNode(form, folder)) {
            node.diary.answers(new Reconciliation.CannotTell("there are two like it"));
            node.diary.next(Diary.DONE_UNHEARD);
            node.put("a", 1);
            node.put("a", 2);

            node.live(Duration.ofMinutes(3));
            node.queue().replay(node.aside().get(0).id());
            node.live(Duration.ofHours(1));

            assertEquals(List.of("a1", "a2"), node.diary.lines());
            OutboxResult.Dead dead = assertInstanceOf(OutboxResult.Dead.class, node.result("key-a1"));
            assertTrue(dead.reason().contains("there are two like it"), dead.reason());
            assertEquals(1, node.aside().size());
        }
    }

    @Test
    void unknown_isNotAskedAfterBeforeThePlatformCanHaveEnded() {
        try (OutboxNode node = new OutboxNode(StoreForms.MEMORY, folder)) {
            node.diary.next(Diary.LOST_UNHEARD);
            node.put("a", 1);

            node.live(Duration.ofSeconds(115));
            assertEquals(List.of(), node.diary.asked());
            node.live(Duration.ofSeconds(40));

            assertEquals(1, node.diary.asked().size());
        }
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void decide_byAPerson_endsItOrMakesItWithoutAsking(StoreForms form) {
        try (OutboxNode node = new OutboxNode(form, folder)) {
            node.diary.answers(new Reconciliation.CannotTell("no"));
            node.diary.next(Diary.LOST_UNHEARD, Diary.DONE_UNHEARD);
            node.put("a", 1);
            node.put("b", 1);
            assertFalse(node.outbox.decide("key-a1", new Reconciliation.NotDone()), "it is not aside");
            node.live(Duration.ofMinutes(3));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> node.outbox.decide("key-a1", new Reconciliation.CannotTell("hm")));

            assertTrue(node.outbox.decide("key-a1", new Reconciliation.NotDone()));
            assertTrue(node.outbox.decide("key-b1", new Reconciliation.Done("B")));
            assertFalse(node.outbox.decide("key-b1", new Reconciliation.NotDone()));
            node.live(Duration.ofMinutes(3));

            assertEquals(List.of("b1", "a1"), node.diary.lines());
            assertEquals("B", ((OutboxResult.Done) node.result("key-b1")).platformId());
            assertInstanceOf(OutboxResult.Done.class, node.result("key-a1"));
            assertEquals(List.of(), node.aside());
        }
    }

    @Test
    void reconcile_whileThePlatformIsDown_waitsAndWritesNothing() {
        try (OutboxNode node = new OutboxNode(StoreForms.MEMORY, folder)) {
            int[] asked = {0};
            int[] written = {0};
            node.outbox.on("asked", new OutboxHandler() {
                @Override
                public String write(OutboxEntry entry) {
                    written[0]++;
                    throw new IllegalStateException("cut off");
                }

                @Override
                public Reconciliation reconcile(OutboxEntry entry, Instant begun) {
                    if (++asked[0] <= 20) {
                        throw Failures.of("down", ErrorContext.of("crm", "get", ErrorKind.UNAVAILABLE));
                    }
                    return new Reconciliation.Done("found");
                }
            });
            node.outbox.put(OutboxEntry.of("asked", "a", "k", new byte[0]));

            node.live(Duration.ofHours(6));

            assertEquals(1, written[0]);
            assertEquals(21, asked[0]);
            assertEquals("found", ((OutboxResult.Done) node.result("k")).platformId());
        }
    }

    @Test
    void repeatable_afterAnUnknownOutcome_isMadeAgainUnderTheSameKey() {
        try (OutboxNode node = new OutboxNode(StoreForms.MEMORY, folder)) {
            List<String> keys = new ArrayList<>();
            node.outbox.on("keyed", OutboxHandler.repeatable(entry -> {
                keys.add(entry.key());
                if (keys.size() == 1) {
                    throw new IllegalStateException("cut off");
                }
                return "";
            }));
            node.outbox.put(OutboxEntry.of("keyed", "a", "k", new byte[0]));

            node.live(Duration.ofMinutes(3));

            assertEquals(List.of("k", "k"), keys);
            assertInstanceOf(OutboxResult.Done.class, node.result("k"));
        }
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void X45_deadLetterReplayedTwice_hasOneEffect(StoreForms form) throws Exception {
        try (OutboxNode node = new OutboxNode(form, folder)) {
            node.diary.next(Diary.failing(ErrorKind.PERMISSION));
            node.put("a", 1);
            node.drain();
            long dead = node.aside().get(0).id();
            List<Callable<Boolean>> operators = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                boolean byKey = i % 2 == 0;
                operators.add(() -> byKey
                        ? node.outbox.decide("key-a1", new Reconciliation.NotDone())
                        : node.queue().replay(dead));
            }
            ExecutorService threads = Executors.newFixedThreadPool(8);
            int replayed = 0;
            try {
                for (Future<Boolean> each : threads.invokeAll(operators)) {
                    replayed += each.get() ? 1 : 0;
                }
            } finally {
                threads.shutdownNow();
            }

            node.live(Duration.ofMinutes(3));

            assertEquals(1, replayed);
            assertEquals(List.of("a1"), node.diary.lines());
            assertEquals(List.of(), node.aside());
        }
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void X45_deadLetterOfAWriteThatWasMade_isFoundToBeDone(StoreForms form) {
        try (OutboxNode node = new OutboxNode(form, folder)) {
            node.diary.next(Diary.DONE_UNHEARD);
            node.diary.answers(new Reconciliation.CannotTell("the search is down"));
            node.put("a", 1);
            node.live(Duration.ofMinutes(3));
            Diary recovered = new Diary();
            recovered.answers(new Reconciliation.Done("A"));
            Outbox later = new Outbox("crm", node.store, node.time).on(OutboxNode.KIND, recovered);

            node.queue().replay(node.aside().get(0).id());
            OutboxNode.drain(later);

            assertEquals(0, recovered.requests());
            assertEquals("A", ((OutboxResult.Done) node.result("key-a1")).platformId());
        }
    }

    @Test
    void replay_ofADeadLetterThatNobodyRemembers_isAskedAfterFirst() {
        try (OutboxNode node = new OutboxNode(StoreForms.SQLITE, folder)) {
            node.diary.next(Diary.failing(ErrorKind.NOT_FOUND));
            node.put("a", 1);
            node.drain();
            node.clock.advance(Duration.ofDays(91));
            assertTrue(node.outbox.result("key-a1").isEmpty());

            node.queue().replay(node.aside().get(0).id());
            node.drain();

            assertEquals(1, node.diary.asked().size());
            assertEquals(List.of("a1"), node.diary.lines());
            assertFalse(node.outbox.put(entry("a", 1)));
        }
    }
}
