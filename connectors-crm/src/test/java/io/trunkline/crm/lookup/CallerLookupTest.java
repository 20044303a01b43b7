package io.trunkline.crm.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.crm.Contact;
import io.trunkline.crm.Match;
import io.trunkline.crm.salesforce.Salesforce;
import io.trunkline.error.RetryLaterException;
import io.trunkline.testkit.Fault;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is calling: every system's answer by its name, at the deadline, whatever the systems do. */
@Timeout(60)
final class CallerLookupTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    private final PhoneNumber caller = PhoneNumber.parse(Canary.phone());
    private final List<AutoCloseable> open = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() throws Exception {
        end.countDown();
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private Trunkline trunkline(Map<String, ConnectorSetup> systems) {
        Trunkline.Builder builder = Watched.trunkline();
        systems.forEach(builder::connect);
        Trunkline built = builder.build();
        open.add(0, built);
        return built;
    }

    private FakeSalesforce salesforce() {
        FakeSalesforce org = new FakeSalesforce();
        open.add(org);
        return org;
    }

    private static ConnectorSetup setup(FakeSalesforce org) {
        return Salesforce.clientCredentials(org.platform().uri(), "k", Secret.of("s"));
    }

    private Callable<Match<Contact>> hanging() {
        return () -> {
            end.await();
            return StubCrm.people();
        };
    }

    /** As a connector that swallows interrupts. */
    private Callable<Match<Contact>> deaf(AtomicInteger inside) {
        return () -> {
            inside.incrementAndGet();
            while (end.getCount() > 0) {
                LockSupport.parkNanos(1_000_000);
                Thread.interrupted();
            }
            return StubCrm.people();
        };
    }

    private static long lookups() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("trunkline-lookup"))
                .count();
    }

    private static void awaitNoThread() {
        long limit = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (lookups() > 0 && System.nanoTime() < limit) {
            LockSupport.parkNanos(1_000_000);
        }
        assertEquals(0, lookups());
    }

    private static Match<Contact> found(CallerMatches matches, String name) {
        return assertInstanceOf(
                        CallerMatches.Answer.Found.class, matches.answers().get(name))
                .match();
    }

    @Test
    void find_everyKindOfAnswer_isToldByItsConnection() {
        RuntimeException broken = new IllegalStateException("broken");
        CallerLookup lookup = CallerLookup.over(trunkline(Map.of(
                "none", StubCrm.answering(StubCrm::people),
                "one", StubCrm.answering(() -> StubCrm.people("1")),
                "many", StubCrm.answering(() -> StubCrm.people("1", "2")),
                "hangs", StubCrm.answering(hanging()),
                "broken",
                        StubCrm.answering(() -> {
                            throw broken;
                        }),
                "dies",
                        StubCrm.answering(() -> {
                            throw new StackOverflowError();
                        }),
                "unable", StubCrm.unable())));

        CallerMatches matches = Leaks.printed(lookup.find(caller, SHORT));

        assertInstanceOf(Match.None.class, found(matches, "none"));
        assertInstanceOf(Match.One.class, found(matches, "one"));
        assertInstanceOf(Match.Many.class, found(matches, "many"));
        assertEquals(new CallerMatches.Answer.Late(), matches.answers().get("hangs"));
        assertEquals(new CallerMatches.Answer.Failed(broken), matches.answers().get("broken"));
        assertInstanceOf(CallerMatches.Answer.Failed.class, matches.answers().get("dies"));
        assertEquals(new CallerMatches.Answer.Unable(), matches.answers().get("unable"));
        assertFalse(matches.complete());
        assertEquals(3, matches.contacts().size());
    }

    @Test
    void find_onlyAnsweredAndUnable_isComplete() {
        CallerMatches matches = CallerLookup.over(
                        trunkline(Map.of("a", StubCrm.answering(StubCrm::people), "b", StubCrm.unable())))
                .find(caller, LONG);

        assertTrue(matches.complete());
        assertTrue(matches.contacts().isEmpty());
    }

    @Test
    void find_onePersonTwiceInOneAnswer_isOne() {
        CallerMatches matches = CallerLookup.over(
                        trunkline(Map.of("a", StubCrm.answering(() -> StubCrm.people("1", "1")))))
                .find(caller, LONG);

        assertInstanceOf(Match.One.class, found(matches, "a"));
    }

    @Test
    void find_twentySystemsOfWhichMostHang_answersAtTheDeadlineAndLeavesNoThread() {
        Map<String, ConnectorSetup> systems = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            systems.put(
                    "s" + i, i % 7 == 0 ? StubCrm.answering(() -> StubCrm.people("1")) : StubCrm.answering(hanging()));
        }
        CallerLookup lookup = CallerLookup.over(trunkline(systems));
        long start = System.nanoTime();

        CallerMatches matches = lookup.find(caller, SHORT);

        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(SHORT) >= 0 && took.compareTo(SHORT.plus(TOLERANCE)) < 0, took::toString);
        assertEquals(
                List.copyOf(systems.keySet()), List.copyOf(matches.answers().keySet()));
        assertEquals(3, matches.contacts().size());
        awaitNoThread();
    }

    @Test
    void find_systemThatCannotBeInterrupted_holdsAFewThreadsAndTheOthersGoOn() {
        AtomicInteger inside = new AtomicInteger();
        CallerLookup lookup = CallerLookup.over(trunkline(
                Map.of("deaf", StubCrm.answering(deaf(inside)), "well", StubCrm.answering(() -> StubCrm.people("1")))));

        // In so little time even a refusal may come too late on a busy machine.
        for (int i = 0; i < 70; i++) {
            lookup.find(caller, Duration.ofMillis(20));
        }
        for (int i = 70; i < 200; i++) {
            CallerMatches matches = lookup.find(caller, Duration.ofSeconds(2));
            CallerMatches.Answer.Failed failed = assertInstanceOf(
                    CallerMatches.Answer.Failed.class, matches.answers().get("deaf"));
            assertInstanceOf(RetryLaterException.class, failed.cause());
            assertEquals(1, matches.contacts().size());
        }

        assertEquals(64, inside.get());
        end.countDown();
        awaitNoThread();
    }

    @Test
    void find_callerInterrupted_returnsAtOnceWithWhatIsThereAndStaysInterrupted() {
        CallerLookup lookup = CallerLookup.over(trunkline(Map.of("hangs", StubCrm.answering(hanging()))));
        long start = System.nanoTime();
        Thread.currentThread().interrupt();

        CallerMatches matches = lookup.find(caller, LONG);

        assertTrue(Thread.interrupted());
        assertEquals(new CallerMatches.Answer.Late(), matches.answers().get("hangs"));
        assertTrue(System.nanoTime() - start < TOLERANCE.toNanos());
        awaitNoThread();
    }

    @Test
    void find_noTime_isRefusedAndMuchTimeIsNot() {
        CallerLookup lookup = CallerLookup.over(trunkline(Map.of("a", StubCrm.answering(StubCrm::people))));

        assertThrows(IllegalArgumentException.class, () -> lookup.find(caller, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> lookup.find(caller, Duration.ofSeconds(-1)));
        assertTrue(lookup.find(caller, Duration.ofSeconds(Long.MAX_VALUE)).complete());
    }

    @Test
    void find_nobodyConnected_isCompleteAndEmpty() {
        assertTrue(CallerLookup.over(trunkline(Map.of())).find(caller, LONG).complete());
    }

    @Test
    void find_knownInTwoOrgsInTwoForms_givesBoth() {
        FakeSalesforce west = salesforce();
        FakeSalesforce east = salesforce();
        west.row("Contact", Map.of("LastName", "A", "Phone", "0" + caller.e164().substring(3)));
        east.row("Contact", Map.of("LastName", "B", "MobilePhone", caller.e164() + " x5"));
        Trunkline trunkline = trunkline(Map.of("west", setup(west), "east", setup(east)));

        CallerMatches matches = Leaks.printed(CallerLookup.over(trunkline).find(caller, LONG));

        assertEquals(2, matches.contacts().size());
        assertTrue(matches.complete());
    }

    @Test
    void find_oneOrgSilentAndOneRefusing_answersAtTheDeadline() {
        FakeSalesforce west = salesforce();
        FakeSalesforce east = salesforce();
        Trunkline trunkline = trunkline(Map.of("west", setup(west), "east", setup(east)));
        trunkline.verify("west", LONG);
        trunkline.verify("east", LONG);
        west.platform().next(Fault.silence());
        east.platform().next(Fault.status(403));
        long start = System.nanoTime();

        CallerMatches matches = CallerLookup.over(trunkline).find(caller, Duration.ofMillis(600));

        assertTrue(System.nanoTime() - start < TOLERANCE.toNanos());
        assertFalse(matches.answers().get("west") instanceof CallerMatches.Answer.Found);
        CallerMatches.Answer.Failed failed = assertInstanceOf(
                CallerMatches.Answer.Failed.class, matches.answers().get("east"));
        Leaks.saw(failed.cause());
        awaitNoThread();
    }

    @Test
    void close_whileALookupWaits_endsItAndLeavesNoThread() throws Exception {
        FakeSalesforce org = salesforce();
        Trunkline trunkline = trunkline(Map.of("crm", setup(org)));
        trunkline.verify("crm", LONG);
        org.platform().next(Fault.silence());
        int before = org.platform().count();
        List<CallerMatches> matches = new ArrayList<>();
        Thread agent = new Thread(() -> matches.add(CallerLookup.over(trunkline).find(caller, LONG)));
        agent.start();
        while (org.platform().count() == before) {
            LockSupport.parkNanos(1_000_000);
        }

        trunkline.close();
        agent.join(10_000);

        assertInstanceOf(
                CallerMatches.Answer.Failed.class, matches.get(0).answers().get("crm"));
        awaitNoThread();
    }
}
