package io.trunkline.poll;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.auth.Macs;
import io.trunkline.checks.Canary;
import io.trunkline.checks.VirtualClock;
import io.trunkline.event.RecordChanged;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.store.Versioned;
import io.trunkline.sync.Change;
import io.trunkline.value.Lane;
import io.trunkline.value.RecordRef;
import io.trunkline.value.TimeSource;
import io.trunkline.webhook.CrashingStore;
import io.trunkline.webhook.Puller;
import io.trunkline.webhook.WebhookDispatcher;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Changes of a feed as events in the inbox. */
@Timeout(120)
final class PolledFeedTest {

    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Set<String> TYPES = Set.of(ClockFeed.TYPE);

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final Store store = Store.inMemory(time);
    private final ClockFeed feed = new ClockFeed(time);
    private final List<RecordChanged> told = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void sweep_fromNow_tellsOnlyWhatIsChangedFromThenOn() {
        for (int i = 0; i < 5; i++) {
            feed.put("old" + i, Map.of());
        }
        clock.advance(Duration.ofHours(1));
        Puller puller = puller(PolledFeed.fromNow(feed, TYPES, time));
        assertEquals(0, puller.sweep());

        feed.put("old1", Map.of("Name", "changed"));
        feed.put("new", Map.of());
        clock.advance(EVERY);
        assertEquals(2, puller.sweep());
        dispatchAll(puller);

        assertEquals(List.of("new", "old1"), ids());
        assertEquals(Set.of(Lane.BULK), Set.copyOf(feed.lanes));
    }

    @Test
    void sweep_withAllThereIs_tellsAllOnceWithTheirFields() {
        String phone = Canary.phone();
        Map<String, Object> fields = new HashMap<>(Map.of("Phone", phone, "Age", 7L, "Sum", new BigDecimal("1.50")));
        fields.put("Fax", null);
        feed.put("a", fields);
        feed.put("b", Map.of());
        feed.put("c", Map.of());
        Puller puller = puller(PolledFeed.withAllThereIs(feed, TYPES));

        assertEquals(3, puller.sweep());
        clock.advance(EVERY);
        assertEquals(0, puller.sweep());
        dispatchAll(puller);

        assertEquals(List.of("a", "b", "c"), ids());
        RecordChanged first = told.get(0);
        assertEquals(fields, first.fields());
        assertEquals(RecordRef.of("crm", ClockFeed.TYPE, "a"), first.ref());
        assertEquals(RecordChanged.Change.SAVED, first.change());
        assertEquals("crm", first.header().connection());
        assertTrue(first.header().virtual());
    }

    @Test
    void sweep_recordThatIsGone_isToldAsDeleted() {
        Puller puller = puller(PolledFeed.fromNow(feed, TYPES, time));
        puller.sweep();
        feed.put("a", Map.of());
        clock.advance(EVERY);
        puller.sweep();
        feed.delete("a");
        clock.advance(EVERY);
        puller.sweep();

        dispatchAll(puller);

        assertEquals(
                List.of(RecordChanged.Change.SAVED, RecordChanged.Change.DELETED),
                told.stream().map(RecordChanged::change).toList());
    }

    @Test
    void X49_recordChangedTwiceInOneInstant_isToldTwice() {
        byte[] first = PolledChange.bytes(change(Map.of("Name", "a")));
        byte[] second = PolledChange.bytes(change(Map.of("Name", "b")));

        String firstId = PolledChange.event("crm", first).header().id();

        assertNotEquals(firstId, PolledChange.event("crm", second).header().id());
        assertEquals(firstId, PolledChange.event("crm", first).header().id());
    }

    @Test
    void change_largerThanAnInboxHolds_isToldWithoutItsFields() {
        Change large = change(Map.of("Text", "x".repeat(2 << 20)));

        RecordChanged event = PolledChange.event("crm", PolledChange.bytes(large));

        assertEquals(Map.of(), event.fields());
        assertEquals("1", event.ref().id());
        assertEquals(Optional.of(URI.create("https://crm.test/1")), event.ref().url());
    }

    /** X41: what was put aside and is tried again by a person must not overwrite what came after it. */
    @Test
    void X41_olderStateReplayedLate_isLeftOut() {
        Puller puller = puller(PolledFeed.withAllThereIs(feed, TYPES));
        boolean[] down = {true};
        WebhookDispatcher dispatcher = new WebhookDispatcher("crm", store, time)
                .pulls(puller)
                .on(RecordChanged.class, event -> {
                    if (down[0]) {
                        throw new IOException("down");
                    }
                    told.add(event);
                });
        feed.put("a", Map.of("Name", "old"));
        puller.sweep();
        for (int i = 0; i < 8; i++) {
            dispatcher.dispatch();
            clock.advance(Duration.ofHours(11));
        }
        down[0] = false;
        feed.put("a", Map.of("Name", "new"));
        puller.sweep();
        dispatcher.dispatch();
        String queue = "webhooks." + HexFormat.of().formatHex(Macs.digest("SHA-256", "crm".getBytes(UTF_8)), 0, 8);

        long dead = store.queue(queue)
                .deadLetters(Optional.empty(), 9)
                .items()
                .get(0)
                .id();
        assertTrue(store.queue(queue).replay(dead));
        dispatcher.dispatch();

        assertEquals(
                List.of("new"),
                told.stream().map(event -> event.fields().get("Name")).toList());
    }

    @Test
    void X43_crashAtEveryStepOfASweep_tellsEachChangeOnce() {
        int step = 0;
        boolean crashed;
        do {
            step++;
            try (JdbcStore file = JdbcStore.sqlite(folder.resolve("poll" + step + ".db"), time)) {
                crashed = crashed(step, file);
            }
        } while (crashed);
        assertTrue(step > 40, "only " + step);
    }

    @Test
    void polledFeed_typeThatIsNotOffered_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> PolledFeed.fromNow(feed, Set.of("Lead"), time));
        assertThrows(IllegalArgumentException.class, () -> PollCursor.parse("nothing"));
    }

    private boolean crashed(int step, Store file) {
        ClockFeed three = new ClockFeed(time);
        List.of("a", "b", "c").forEach(id -> three.put(id, Map.of()));
        CrashingStore dying = new CrashingStore(file, step);
        try {
            work(three, dying);
        } catch (CrashingStore.Crash e) {
            assertTrue(dying.crashed());
        }
        clock.advance(Duration.ofMinutes(6));
        work(three, file);
        clock.advance(Duration.ofMinutes(6));
        work(three, file);

        for (String id : List.of("a", "b", "c")) {
            long handled =
                    file.values("effects").get(id).map(Versioned::version).orElse(0L);
            assertEquals(1, handled, id + " at step " + step);
        }
        return dying.crashed();
    }

    private void work(ClockFeed source, Store on) {
        Puller puller = new Puller(PolledFeed.withAllThereIs(source, TYPES), on, time, EVERY);
        puller.sweep();
        WebhookDispatcher dispatcher = new WebhookDispatcher("crm", on, time)
                .pulls(puller)
                .within(RecordChanged.class, (event, inside) -> {
                    Values effects = inside.values("effects");
                    String id = event.ref().id();
                    long before = effects.get(id).map(Versioned::version).orElse(Values.ABSENT);
                    assertTrue(effects.put(id, id.getBytes(UTF_8), before, null));
                });
        while (dispatcher.dispatch() > 0) {
            Thread.onSpinWait();
        }
    }

    private static Change change(Map<String, Object> fields) {
        RecordRef ref = new RecordRef("crm", "Contact", "1", "https://crm.test/1");
        return new Change(ref, false, Instant.parse("2026-03-01T08:00:00Z"), new HashMap<>(fields));
    }

    private Puller puller(PolledFeed source) {
        return new Puller(source, store, time, EVERY);
    }

    private void dispatchAll(Puller puller) {
        WebhookDispatcher dispatcher =
                new WebhookDispatcher("crm", store, time).pulls(puller).on(RecordChanged.class, told::add);
        while (dispatcher.dispatch() > 0) {
            Thread.onSpinWait();
        }
    }

    private List<String> ids() {
        return told.stream().map(event -> event.ref().id()).toList();
    }
}
