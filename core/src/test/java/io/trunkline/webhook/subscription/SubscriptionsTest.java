package io.trunkline.webhook.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.LocalServer;
import io.trunkline.checks.VirtualClock;
import io.trunkline.error.RetryLaterException;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import io.trunkline.webhook.CrashingStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One subscription an address and topic, counted at the platform. */
@Timeout(120)
final class SubscriptionsTest {

    private static final URI ADDRESS = URI.create("https://calls.test/hook");
    private static final String TOPIC = "contact.changed";
    private static final Duration EVERY = Duration.ofHours(1);

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final Store store = Store.inMemory(time);
    private final FakeHooks platform = new FakeHooks(time);
    private final Subscriptions subscriptions = new Subscriptions(platform, store, time, EVERY);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void ensure_again_makesNoSecondOne() {
        Subscription first = subscriptions.ensure(ADDRESS, TOPIC);
        Subscription again = subscriptions.ensure(URI.create("HTTPS://Calls.test:443/hook"), TOPIC);
        Subscription afterRestart = new Subscriptions(platform, store, time, EVERY).ensure(ADDRESS, TOPIC);

        assertEquals(1, platform.count("POST"));
        assertEquals(first, again);
        assertEquals(first, afterRestart);
        assertEquals(List.of(first), subscriptions.known());
    }

    @Test
    void ensure_otherTopicOrAddress_isAnother() {
        subscriptions.ensure(ADDRESS, TOPIC);
        subscriptions.ensure(ADDRESS, "ticket.changed");
        subscriptions.ensure(URI.create("https://calls.test/other"), TOPIC);

        assertEquals(3, platform.hooks.size());
        assertEquals(0, platform.count("DELETE"));
    }

    @Test
    void ensure_oneIsThereAlready_isTakenOver() {
        platform.made(ADDRESS.toString(), TOPIC);

        subscriptions.ensure(ADDRESS, TOPIC);

        assertEquals(0, platform.count("POST"));
        assertEquals(1, platform.hooks.size());
    }

    @Test
    void ensure_severalAtThePlatform_leavesOne() {
        platform.made(ADDRESS.toString(), TOPIC);
        platform.made(ADDRESS.toString(), TOPIC);
        platform.made("https://calls.test/other", TOPIC);

        Subscription kept = subscriptions.ensure(ADDRESS, TOPIC);

        assertEquals(2, platform.hooks.size());
        assertTrue(platform.hooks.containsKey(kept.id()));
        assertEquals(0, platform.count("POST"));
    }

    @Test
    void ensure_creationWhoseAnswerIsLost_isFoundByItsAddress() {
        platform.spoiled = Optional.of(FakeHooks.cutOff());

        Subscription found = subscriptions.ensure(ADDRESS, TOPIC);

        assertEquals(1, platform.count("POST"));
        assertEquals(Set.of(found.id()), platform.hooks.keySet());
    }

    @Test
    void ensure_creationThatConflicts_takesWhatIsThere() {
        platform.spoiled = Optional.of(LocalServer.json(409, "{}"));

        Subscription found = subscriptions.ensure(ADDRESS, TOPIC);

        assertEquals(Set.of(found.id()), platform.hooks.keySet());
    }

    @Test
    void X40_ensure_severalNodesAtOnce_makeOne() throws Exception {
        TimeSource impatient = TimeSource.of(clock::now, System::nanoTime, pause -> Thread.onSpinWait());
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            Callable<Subscription> node =
                    () -> new Subscriptions(platform, store, impatient, EVERY).ensure(ADDRESS, TOPIC);
            List<Future<Subscription>> all = nodes.invokeAll(List.of(node, node, node, node));
            for (Future<Subscription> each : all) {
                assertEquals(all.get(0).get(), each.get());
            }
        } finally {
            nodes.shutdownNow();
        }

        assertEquals(1, platform.count("POST"));
    }

    @Test
    void ensure_otherNodeHoldsOnForLong_isRefusedWithoutARequest() {
        try (var lease = store.leases()
                .acquire(new Wishes(store, "crm").lease(), Duration.ofHours(1))
                .orElseThrow()) {
            assertThrows(RetryLaterException.class, () -> subscriptions.ensure(ADDRESS, TOPIC));
            subscriptions.sweep();
            assertTrue(lease.held());
        }

        assertEquals(List.of(), platform.log);
        assertEquals(Duration.ofSeconds(90), Duration.ofNanos(clock.nanos()));
    }

    @Test
    void sweep_halfOfTheTerm_renewsAndNotBefore() {
        subscriptions.ensure(ADDRESS, TOPIC);
        for (int i = 1; i < 20; i++) {
            clock.advance(Duration.ofHours(6));
            subscriptions.sweep();
        }
        clock.advance(Duration.ofHours(5));
        subscriptions.sweep();
        assertEquals(0, platform.count("PUT"));

        clock.advance(EVERY);
        subscriptions.sweep();
        clock.advance(EVERY);
        subscriptions.sweep();

        assertEquals(1, platform.count("PUT"));
        assertEquals(1, platform.count("POST"));
        assertTrue(subscriptions.known().get(0).expiresAt().isAfter(clock.now().plus(Duration.ofDays(9))));
    }

    @Test
    void sweep_nothingDue_asksNothing() {
        subscriptions.ensure(ADDRESS, TOPIC);
        int before = platform.log.size();
        clock.advance(EVERY.minusMillis(1));

        subscriptions.sweep();

        assertEquals(before, platform.log.size());
    }

    @Test
    void sweep_vanishedOrExpired_isMadeAnew() {
        subscriptions.ensure(ADDRESS, TOPIC);
        platform.hooks.clear();
        clock.advance(EVERY);
        subscriptions.sweep();
        assertEquals(1, platform.hooks.size());

        clock.advance(Duration.ofDays(30));
        subscriptions.sweep();

        assertEquals(1, platform.hooks.size());
        assertEquals(3, platform.count("POST"));
        assertTrue(subscriptions.known().get(0).expiresAt().isAfter(clock.now()));
    }

    @Test
    void sweep_withoutAnEnd_isNeverRenewed() {
        platform.endless = true;
        subscriptions.ensure(ADDRESS, TOPIC);
        clock.advance(Duration.ofDays(400));

        subscriptions.sweep();

        assertEquals(0, platform.count("PUT"));
        assertEquals(1, platform.count("POST"));
    }

    @Test
    void remove_takesAllOfTheAddressAndDoesNotComeBack() {
        subscriptions.ensure(ADDRESS, TOPIC);
        platform.made(ADDRESS.toString(), TOPIC);
        Subscription other = subscriptions.ensure(ADDRESS, "ticket.changed");

        subscriptions.remove(ADDRESS, TOPIC);
        subscriptions.remove(ADDRESS, TOPIC);
        clock.advance(EVERY);
        subscriptions.sweep();

        assertEquals(Set.of(other.id()), platform.hooks.keySet());
        assertEquals(List.of(other), subscriptions.known());
    }

    @Test
    void X43_crashAtEveryStep_leavesOneAfterTheNextSweep() {
        int step = 0;
        boolean crashed;
        do {
            step++;
            platform.hooks.clear();
            try (JdbcStore file = JdbcStore.sqlite(folder.resolve("sub" + step + ".db"), time)) {
                CrashingStore dying = new CrashingStore(file, step);
                Subscriptions first = new Subscriptions(platform, dying, time, EVERY);
                try {
                    first.ensure(ADDRESS, TOPIC);
                    first.remove(ADDRESS, TOPIC);
                    first.ensure(ADDRESS, TOPIC);
                } catch (CrashingStore.Crash e) {
                    assertTrue(dying.crashed());
                }
                Subscriptions restarted = new Subscriptions(platform, file, time, EVERY);
                restarted.ensure(ADDRESS, TOPIC);
                assertEquals(1, platform.hooks.size(), "step " + step);
                restarted.remove(ADDRESS, TOPIC);
                assertEquals(0, platform.hooks.size(), "step " + step);
                crashed = dying.crashed();
            }
        } while (crashed);
        assertTrue(step > 20, "only " + step);
    }

    /** A removal that the process did not live to end is ended by the sweep. */
    @Test
    void X43_removalCutShort_isEndedBySweep() {
        subscriptions.ensure(ADDRESS, TOPIC);
        Set<Integer> left = IntStream.rangeClosed(1, 20)
                .boxed()
                .filter(step -> {
                    subscriptions.ensure(ADDRESS, TOPIC);
                    CrashingStore dying = new CrashingStore(store, step);
                    assertDies(dying);
                    clock.advance(EVERY);
                    boolean wished = subscriptions.known().isEmpty();
                    subscriptions.sweep();
                    return wished && !platform.hooks.isEmpty();
                })
                .collect(Collectors.toSet());

        assertEquals(Set.of(), left);
    }

    private void assertDies(CrashingStore dying) {
        try {
            new Subscriptions(platform, dying, time, EVERY).remove(ADDRESS, TOPIC);
            assertFalse(dying.crashed());
        } catch (CrashingStore.Crash e) {
            assertTrue(dying.crashed());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://calls.test/hook",
                "ftp://calls.test/hook",
                "https:/hook",
                "https://user@calls.test/hook",
                "https://calls.test/hook#part",
                "http://localhost.calls.test/hook",
                "http://127.0.0.2.calls.test/",
                "/hook"
            })
    void T15_addressThatIsNotHttps_isRefusedBeforeAnything(String address) {
        String token = Canary.secret();
        URI withToken = URI.create(address.replace("#part", "?t=" + token + "#part"));

        Exception refused = assertThrows(IllegalArgumentException.class, () -> subscriptions.ensure(withToken, TOPIC));

        assertFalse(String.valueOf(refused.getMessage()).contains(token));
        assertEquals(List.of(), platform.log);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080/hook", "http://localhost/hook", "http://[::1]:9/hook"})
    void ensure_addressOnThisMachine_isAllowedWithoutTls(String address) {
        subscriptions.ensure(URI.create(address), TOPIC);

        assertEquals(1, platform.hooks.size());
    }

    @Test
    void subscription_printed_hidesTheAddress() {
        String token = Canary.secret();

        Subscription made = subscriptions.ensure(URI.create("https://calls.test/hook?token=" + token), TOPIC);

        assertFalse(made.toString().contains(token));
        assertTrue(made.toString().contains(TOPIC));
    }
}
