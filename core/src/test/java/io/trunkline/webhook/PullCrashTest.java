package io.trunkline.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.event.MessageReceived;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.store.Versioned;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process ends between every two steps of a notification, its pulling and its handling; then it starts again. */
@Timeout(300)
final class PullCrashTest {

    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final List<String> ALL = List.of("a1", "a2", "a3", "b1", "b2");

    private final FakeKf platform = new FakeKf(VirtualClock.single());

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void X43_crashAtEveryStep_inMemory_losesNothingAndDoesNothingTwice() {
        int steps = 0;
        while (crashed(++steps, memory(), true)) {
            assertTrue(steps < 5_000);
        }
        assertTrue(steps > 80, "only " + steps);
    }

    @Test
    void X43_crashAtEveryStep_inAFile_losesNothingAndDoesNothingTwice() {
        int step = 0;
        boolean crashed;
        do {
            step++;
            VirtualClock clock = VirtualClock.single();
            Path file = folder.resolve("crash" + step + ".db");
            try (JdbcStore store = JdbcStore.sqlite(file, Clocks.of(clock))) {
                crashed = crashed(step, new Node(clock, store), true);
            }
        } while (crashed);
        assertTrue(step > 80, "only " + step);
    }

    /** The control: without transactions the same steps must be seen to lose or to double. */
    @Test
    void X43_crashAtEveryStep_withoutTransactions_isCaught() {
        int wrong = 0;
        boolean crashed = true;
        for (int step = 1; crashed; step += 4) {
            try {
                crashed = crashed(step, memory(), false);
            } catch (AssertionError e) {
                wrong++;
            }
        }
        assertTrue(wrong > 1, "only " + wrong);
    }

    private record Node(VirtualClock clock, Store store) {}

    private static Node memory() {
        VirtualClock clock = VirtualClock.single();
        return new Node(clock, Store.inMemory(Clocks.of(clock)));
    }

    /** Whether the step was reached; afterwards everything was handled once and in order, whatever became of it. */
    private boolean crashed(int step, Node node, boolean atomic) {
        platform.begin(node.clock);
        ALL.forEach(text -> platform.write("one", text.startsWith("a") ? "anna" : "ben", text));
        CrashingStore dying = new CrashingStore(node.store, step);
        Store seen = atomic ? dying : dying.withoutTransactions();
        boolean acknowledged = false;
        try {
            acknowledged = receive(seen, Clocks.of(node.clock)) == 200;
            dispatch(new KfSource(platform), seen, node, dying::step);
        } catch (CrashingStore.Crash e) {
            assertTrue(dying.crashed());
        }
        if (!acknowledged) {
            assertEquals(200, receive(node.store, Clocks.of(node.clock)));
        }
        for (int i = 0; i < 3; i++) {
            node.clock.advance(Duration.ofMinutes(31));
            dispatch(new KfSource(platform), node.store, node, () -> {});
        }
        assertEquals("a1a2a3", effects(node.store).get("anna"), "step " + step);
        assertEquals("b1b2", effects(node.store).get("ben"), "step " + step);
        assertEquals(
                List.of(),
                node.store
                        .queue(StoredWebhook.queue("kf"))
                        .deadLetters(Optional.empty(), 9)
                        .items());
        return dying.crashed();
    }

    private static int receive(Store store, TimeSource time) {
        WebhookRequest request = new WebhookRequest(
                "POST", URI.create("https://calls.test/kf"), Map.of(), Lines.utf8("n1 one ticket"), time.now());
        return new WebhookReceiver("kf", KfSource.NOTIFICATIONS, store, time, () -> {})
                .receive(request)
                .status();
    }

    private static void dispatch(PullSource source, Store store, Node node, Runnable answered) {
        TimeSource time = Clocks.of(node.clock);
        WebhookDispatcher dispatcher = new WebhookDispatcher("kf", KfSource.NOTIFICATIONS, store, time)
                .pulls(new Puller(new Delayed(source, answered), store, time, EVERY))
                .within(MessageReceived.class, PullCrashTest::noted);
        while (dispatcher.dispatch() > 0) {
            Thread.onSpinWait();
        }
    }

    /** Each handling leaves its text behind, so that a second one is seen. */
    private static void noted(MessageReceived event, Store inside) {
        Values effects = inside.values("effects");
        Optional<Versioned> before = effects.get(event.from());
        String text = before.map(PullCrashTest::text).orElse("") + event.text();
        assertTrue(effects.put(
                event.from(),
                text.getBytes(StandardCharsets.UTF_8),
                before.map(Versioned::version).orElse(Values.ABSENT),
                null));
    }

    private static Map<String, String> effects(Store store) {
        Map<String, String> found = new TreeMap<>();
        store.values("effects")
                .list("", Optional.empty(), 100)
                .items()
                .forEach(each -> found.put(each.key(), text(each)));
        return found;
    }

    private static String text(Versioned value) {
        return new String(value.value(), StandardCharsets.UTF_8);
    }
}
