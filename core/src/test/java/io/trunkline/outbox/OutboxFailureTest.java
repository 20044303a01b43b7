package io.trunkline.outbox;

import static io.trunkline.outbox.OutboxNode.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.delivery.AsideException;
import io.trunkline.delivery.LaterException;
import io.trunkline.error.ErrorKind;
import io.trunkline.store.QueueItem;
import io.trunkline.store.StoreForms;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of writes that fail. */
@Timeout(120)
final class OutboxFailureTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = StoreForms.class,
            names = {"MEMORY", "SQLITE"})
    void work_platformDownForHours_writesEachOnceInItsOrder(StoreForms form) {
        try (OutboxNode node = new OutboxNode(form, folder)) {
            node.diary.always(Diary.failing(ErrorKind.TRANSPORT));
            for (int number = 1; number <= 4; number++) {
                node.put("a", number);
                node.put("b", number);
            }

            node.live(Duration.ofHours(6));
            int tries = node.diary.requests();
            assertEquals(List.of(), node.diary.lines());
            assertTrue(node.waiting().stream().allMatch(item -> item.failures() == 0));
            node.diary.always(Diary.WELL);
            node.live(Duration.ofMinutes(11));

            assertEquals(List.of("a1", "a2", "a3", "a4"), node.diary.lines("a"));
            assertEquals(List.of("b1", "b2", "b3", "b4"), node.diary.lines("b"));
            assertTrue(tries > 2 * 36 && tries < 2 * 100, tries + " tries of two entities in six hours");
            assertEquals(List.of(), node.diary.asked(), "what was certainly not written is not asked after");
            assertEquals(List.of(), node.waiting());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreForms.class,
            names = {"MEMORY", "SQLITE"})
    void work_throttled_waitsAsLongAsThePlatformAsks(StoreForms form) {
        try (OutboxNode node = new OutboxNode(form, folder)) {
            Instant asked = node.clock.now().plus(Duration.ofHours(2));
            node.diary.next(Diary.throttling(asked));
            node.put("a", 1);

            node.drain();
            node.clock.advance(Duration.ofHours(2).minusSeconds(1));
            node.drain();
            assertEquals(1, node.diary.requests());
            node.clock.advance(Duration.ofSeconds(1));
            node.drain();

            assertEquals(List.of("a1"), node.diary.lines());
        }
    }

    @Test
    void work_throttledWithATimeThatIsOver_pausesAllTheSame() {
        try (OutboxNode node = new OutboxNode(StoreForms.MEMORY, folder)) {
            node.diary.next(Diary.throttling(node.clock.now().minusSeconds(60)));
            node.put("a", 1);

            node.drain();

            assertTrue(
                    node.waiting().get(0).notBefore().isAfter(node.clock.now().plusSeconds(2)));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreForms.class,
            names = {"MEMORY", "SQLITE"})
    void work_platformDownForThreeDays_putsItAsideAndAReplayBeginsAnew(StoreForms form) {
        try (OutboxNode node = new OutboxNode(form, folder)) {
            node.diary.always(Diary.failing(ErrorKind.UNAVAILABLE));
            node.put("a", 1);

            node.live(Duration.ofDays(3).minusMinutes(1));
            assertInstanceOf(OutboxResult.Pending.class, node.result("key-a1"));
            node.live(Duration.ofMinutes(15));
            OutboxResult.Dead dead = assertInstanceOf(OutboxResult.Dead.class, node.result("key-a1"));
            assertTrue(dead.reason().contains("given up after 72 hours"), dead.reason());
            node.queue().replay(node.aside().get(0).id());
            node.live(Duration.ofHours(5));
            assertInstanceOf(OutboxResult.Pending.class, node.result("key-a1"));
            node.diary.always(Diary.WELL);
            node.live(Duration.ofMinutes(11));

            assertEquals(List.of("a1"), node.diary.lines());
            assertEquals(List.of(), node.diary.asked());
        }
    }

    /** Whatever kinds are added one day, somebody must say what they mean here. */
    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void work_failureOfEachKind_waitsOrIsRefusedOrIsInDoubt(ErrorKind kind) {
        Set<ErrorKind> refused =
                Set.of(ErrorKind.INVALID_REQUEST, ErrorKind.NOT_FOUND, ErrorKind.PERMISSION, ErrorKind.UNSUPPORTED);
        Set<ErrorKind> doubtful = Set.of(ErrorKind.OUTCOME_UNKNOWN, ErrorKind.PROTOCOL, ErrorKind.CONFLICT);
        try (OutboxNode node = new OutboxNode(StoreForms.MEMORY, folder)) {
            node.diary.next(Diary.failing(kind));
            node.put("a", 1);
            node.put("a", 2);

            node.drain();
            List<String> atOnce = node.diary.lines();
            List<QueueItem> waiting = node.waiting();
            node.live(Duration.ofMinutes(10));

            assertEquals(refused.contains(kind) ? List.of("a2") : List.of(), atOnce);
            assertEquals(refused.contains(kind) ? List.of("a2") : List.of("a1", "a2"), node.diary.lines());
            assertEquals(doubtful.contains(kind) ? 1 : 0, node.diary.asked().size());
            assertEquals(refused.contains(kind) ? 1 : 0, node.aside().size());
            assertTrue(waiting.isEmpty() || waiting.get(0).failures() == (doubtful.contains(kind) ? 1 : 0));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreForms.class,
            names = {"MEMORY", "SQLITE"})
    void work_refused_isPutAsideWithItsReasonAndWithoutPersonalData(StoreForms form) {
        String person = Canary.email();
        try (OutboxNode node = new OutboxNode(form, folder)) {
            node.outbox.on("refused", entry -> {
                throw new IllegalArgumentException("no such contact: " + person);
            });
            node.outbox.put(OutboxEntry.of("refused", "a", "k", new byte[0]));

            node.drain();

            OutboxResult.Dead dead = assertInstanceOf(OutboxResult.Dead.class, node.result("k"));
            assertTrue(dead.reason().contains("no such contact"), dead.reason());
            assertFalse(dead.reason().contains(person));
            assertEquals(dead.reason(), node.aside().get(0).reason());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreForms.class,
            names = {"MEMORY", "SQLITE"})
    void X42_poisonOfOneEntity_holdsUpNobodyElseAndIsPutAside(StoreForms form) {
        try (OutboxNode node = new OutboxNode(form, folder)) {
            node.outbox.on("poison", entry -> {
                throw new IllegalStateException("a bug");
            });
            node.outbox.put(OutboxEntry.of("poison", "a", "poison", new byte[0]));
            node.put("a", 2);
            node.put("b", 1);

            node.drain();
            assertEquals(List.of("b1"), node.diary.lines());
            node.live(Duration.ofMinutes(30));

            assertEquals(List.of("b1", "a2"), node.diary.lines());
            OutboxResult.Dead dead = assertInstanceOf(OutboxResult.Dead.class, node.result("poison"));
            assertTrue(dead.reason().contains("cannot be looked up"), dead.reason());
        }
    }

    @Test
    void work_handlerThatFailsEachTime_isPutAsideAfterEightTries() {
        try (OutboxNode node = new OutboxNode(StoreForms.MEMORY, folder)) {
            node.diary.always((diary, entry) -> {
                throw new IllegalStateException("a bug");
            });
            node.put("a", 1);

            node.live(Duration.ofHours(30));

            assertEquals(8, node.diary.requests());
            assertInstanceOf(OutboxResult.Dead.class, node.result("key-a1"));
        }
    }

    @Test
    void work_handlerThatSaysWhen_isObeyed() {
        try (OutboxNode node = new OutboxNode(StoreForms.MEMORY, folder)) {
            Instant noon = node.clock.now().plus(Duration.ofHours(4));
            node.diary.next((diary, entry) -> {
                throw new LaterException(noon, "not in the morning");
            });
            node.put("a", 1);

            node.drain();
            assertEquals(noon, node.waiting().get(0).notBefore());
            node.clock.advance(Duration.ofHours(4));
            node.drain();

            assertEquals(List.of("a1"), node.diary.lines());
        }
    }

    @Test
    void work_partlyWritten_isPutAsideAndNotMadeAgainByAReplay() {
        try (OutboxNode node = new OutboxNode(StoreForms.MEMORY, folder)) {
            node.diary.answers(new Reconciliation.CannotTell("one of two has it"));
            node.diary.next((diary, entry) -> {
                throw new AsideException("one of two has it");
            });
            node.put("a", 1);

            node.drain();
            node.queue().replay(node.aside().get(0).id());
            node.drain();

            assertEquals(1, node.diary.requests());
            assertEquals(1, node.aside().size());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreForms.class,
            names = {"MEMORY", "SQLITE"})
    void work_entryWhoseTimeIsOver_isPutAsideUnwritten(StoreForms form) {
        try (OutboxNode node = new OutboxNode(form, folder)) {
            node.diary.always(Diary.failing(ErrorKind.TRANSPORT));
            node.outbox.put(entry("a", 1).validFor(Duration.ofMinutes(10)));
            node.outbox.put(entry("b", 1).validFor(Duration.ofHours(10)));

            node.live(Duration.ofMinutes(30));
            node.diary.always(Diary.WELL);
            node.live(Duration.ofMinutes(30));

            assertEquals(List.of("b1"), node.diary.lines());
            OutboxResult.Dead dead = assertInstanceOf(OutboxResult.Dead.class, node.result("key-a1"));
            assertTrue(dead.reason().contains("is over"), dead.reason());
        }
    }

    @Test
    void work_kindThatThisNodeDoesNotKnow_waitsForOneThatDoes() {
        try (OutboxNode node = new OutboxNode(StoreForms.MEMORY, folder)) {
            Outbox producer = new Outbox("crm", node.store, node.time);
            producer.put(entry("a", 1));

            OutboxNode.drain(producer);
            assertEquals(List.of(), node.aside());
            node.live(Duration.ofMinutes(1));

            assertEquals(List.of("a1"), node.diary.lines());
        }
    }

    @Test
    void pauses_whileThePlatformIsDown_growAndSpread() {
        List<Duration> most = new ArrayList<>();
        for (int attempt = 1; attempt <= 40; attempt++) {
            Duration longest = Duration.ZERO;
            Duration shortest = Duration.ofDays(1);
            for (int i = 0; i < 500; i++) {
                Duration pause = OutboxPauses.whileDown(attempt, i);
                longest = pause.compareTo(longest) > 0 ? pause : longest;
                shortest = pause.compareTo(shortest) < 0 ? pause : shortest;
            }
            assertTrue(shortest.toMillis() * 3 < longest.toMillis() * 2, "no spread after " + attempt);
            most.add(longest);
        }

        assertTrue(most.get(0).toMillis() <= 5_000 && most.get(0).toMillis() > 4_000);
        assertTrue(most.get(1).compareTo(most.get(0)) > 0);
        assertTrue(most.get(39).toSeconds() <= 600 && most.get(39).toSeconds() > 500);
    }
}
