package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Leaks;
import io.trunkline.error.InvalidRequestException;
import io.trunkline.sync.Change;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.ChangePage;
import io.trunkline.sync.SyncCursor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every connector that offers {@link ChangeFeed} must do, beside {@link ConnectorContract}: whoever stops after any
 * page and goes on from its cursor has everything in the end, whatever the records' times and whatever moves meanwhile.
 */
public abstract class ChangeFeedContract extends SyncContract {

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d[:\\d.]*Z");
    private static final int LARGEST_PAGE = 2_000;

    private final Map<String, Instant> lastChanged = new HashMap<>();

    /** For subclasses. */
    protected ChangeFeedContract() {}

    /**
     * How many records share one time where that is tried. 10,000; fewer only for a real platform that takes minutes to
     * read as many.
     *
     * @return more than one page
     */
    protected int atOneTime() {
        return 10_000;
    }

    @Test
    final void feed_declaredCapabilities_workAndOthersThrowFirst() {
        assertTrue(client(ChangeFeed.class).types().contains(type()));
        declaredWorksUndeclaredThrows(ChangeFeed.class, probes());
    }

    @Test
    final void feed_platformFails_areTypedErrors() {
        failuresAreTyped(ChangeFeed.class, probes());
    }

    @Test
    final void feed_platformSilent_endsAtTheDeadline() {
        trunkline().verify("subject", Duration.ofSeconds(10));
        deadlinesHold(ChangeFeed.class, probes());
    }

    @Test
    final void read_resumedFromEveryPage_givesTheSameSet() {
        Set<String> all = new TreeSet<>();
        for (int group = 0; group < 6; group++) {
            all.addAll(enter(1 + group * 3, START.plusSeconds(group)));
        }
        List<ChangePage> pages = pages(Optional.empty(), 4);
        assertEquals(List.copyOf(all), sorted(pages), "each once");
        assertTrue(FeedReading.inOrder(pages), "in the order of their time");

        for (int read = 1; read <= pages.size(); read++) {
            resumed(pages.subList(0, read), 3, all);
        }
        Leaks.printed(pages);
    }

    @Test
    final void read_thousandsAtOneTime_areGivenOnceEach() {
        Set<String> all = new TreeSet<>(enter(atOneTime(), START));

        List<ChangePage> pages = pages(Optional.empty(), LARGEST_PAGE);

        assertEquals(List.copyOf(all), sorted(pages));
        resumed(pages.subList(0, pages.size() / 2), LARGEST_PAGE, all);
    }

    @Test
    final void read_recordsMoveMeanwhile_skipsNoneAndTellsTheirLastStates() {
        for (int second = 0; second < 4; second++) {
            entered(8, START.plusSeconds(second));
        }
        List<String> waiting = entered(8, START.plusSeconds(4));

        List<ChangePage> pages = reading().pages(Optional.empty(), 7, read -> {
            // Four pages are fewer records than stand before those that wait.
            if (read.size() <= 4) {
                move(FeedReading.ids(read), waiting, read.size());
            }
        });
        // Whoever reads as of the beginning has the end to come.
        pages.addAll(pages(Optional.of(pages.get(pages.size() - 1).next()), 7));

        Map<String, Instant> told = new HashMap<>();
        FeedReading.changes(pages).forEach(change -> told.put(change.ref().id(), change.changedAt()));
        assertEquals(lastChanged, told);
        Map<String, Change> begun = FeedReading.last(pages(Optional.empty(), 50));
        FeedReading.last(pages)
                .forEach((id, change) -> assertEquals(
                        Optional.ofNullable(begun.get(id)).map(Change::fields),
                        Optional.of(change.fields()),
                        "as whoever begins now has record " + id));
        assertEquals(begun, FeedReading.last(pages), "as whoever begins now");
    }

    @Test
    final void read_sameCursorTwice_givesAtLeastTheSame() {
        enter(9, START);
        ChangePage first = read(Optional.empty(), 4);
        Optional<SyncCursor> cursor = Optional.of(first.next());

        List<String> once = FeedReading.ids(List.of(read(cursor, 4)));

        assertTrue(FeedReading.ids(List.of(read(cursor, 4))).containsAll(once));
        assertFalse(once.isEmpty());
    }

    @Test
    final void read_nothingNew_isAnEmptyPageThatStillLeadsOn() {
        enter(3, START);
        List<ChangePage> pages = pages(Optional.empty(), 10);
        Optional<SyncCursor> cursor = Optional.of(pages.get(pages.size() - 1).next());

        ChangePage nothing = read(cursor, 10);
        List<String> late = enter(1, START.plusSeconds(60));

        assertEquals(List.of(), nothing.changes());
        assertEquals(late, FeedReading.ids(pages(Optional.of(nothing.next()), 10)));
    }

    @Test
    final void read_deletedRecord_isTold() {
        ChangeFeed feed = offering(ChangeFeed.class, ChangeFeed.DELETIONS);
        List<String> entered = enter(3, START);
        ChangePage first = feed.read(type(), Optional.empty(), 10);
        remove(entered.get(1), START.plusSeconds(60));

        List<Change> later = FeedReading.changes(pages(Optional.of(first.next()), 10));

        assertEquals(
                List.of(entered.get(1)),
                later.stream().map(change -> change.ref().id()).toList());
        assertTrue(later.get(0).deleted());
    }

    @Test
    final void read_unknownTypeOrLimit_isRefusedUnsent() {
        ChangeFeed feed = client(ChangeFeed.class);
        for (String type : List.of("Nonsense", "", "../x", type() + "' OR '1'='1")) {
            refused("type " + type, () -> feed.read(type, Optional.empty(), 10));
        }
        for (int limit : new int[] {0, -1, 2_001, Integer.MAX_VALUE}) {
            refusedUnsent("limit " + limit, () -> feed.read(type(), Optional.empty(), limit));
        }
    }

    @Test
    final void read_cursorOfNobodyOrOfAnotherFeed_isRefusedUnsent() {
        enter(2, START);
        ChangeFeed feed = client(ChangeFeed.class);
        for (String text : List.of("x", "{}", "{\"v\":99}", "null", "[]", "\u0000")) {
            refused("cursor " + text, () -> feed.read(type(), Optional.of(new SyncCursor(text)), 10));
        }
        try (Trunkline others = opened("other")) {
            SyncCursor foreign = others.client(ChangeFeed.class, "other")
                    .read(type(), Optional.empty(), 10)
                    .next();
            refused("a cursor of another connection", () -> feed.read(type(), Optional.of(foreign), 10));
        }
        for (String type : feed.types()) {
            if (!type.equals(type())) {
                SyncCursor foreign = feed.read(type, Optional.empty(), 10).next();
                refused("a cursor of type " + type, () -> feed.read(type(), Optional.of(foreign), 10));
            }
        }
    }

    @Test
    final void read_cursorInTheFuture_isRefusedUnsent() {
        enter(2, START);
        String text = read(Optional.empty(), 10).next().text();
        Assumptions.assumeTrue(TIME.matcher(text).find(), "the cursor holds no time");
        String tomorrow = Instant.now().plus(Duration.ofDays(1)).toString();
        SyncCursor future = new SyncCursor(TIME.matcher(text).replaceAll(tomorrow));

        refused("a cursor in the future", () -> read(Optional.of(future), 10));
    }

    private void refused(String what, Runnable bad) {
        int before = platform().count();
        Leaks.saw(assertThrows(InvalidRequestException.class, bad::run, what));
        assertEquals(before, platform().count(), what + " was sent");
    }

    private List<Probe<ChangeFeed>> probes() {
        return List.of(Probe.reading(ChangeFeed.READ, feed -> feed.read(type(), Optional.empty(), 10)));
    }

    private ChangePage read(Optional<SyncCursor> from, int limit) {
        return reading().page(from, limit);
    }

    private List<ChangePage> pages(Optional<SyncCursor> from, int limit) {
        return reading().pages(from, limit);
    }

    /** Whoever has kept no more than the last page's cursor goes on from there, over a connection opened anew. */
    private void resumed(List<ChangePage> before, int limit, Set<String> all) {
        Set<String> together = new TreeSet<>(FeedReading.ids(before));
        SyncCursor kept = before.get(before.size() - 1).next();
        try (Trunkline later = opened("subject")) {
            FeedReading after = new FeedReading(later.client(ChangeFeed.class, "subject"), type());
            together.addAll(FeedReading.ids(after.pages(Optional.of(kept), limit)));
        }
        assertEquals(all, together, () -> "stopped after " + before.size() + " pages");
    }

    /** What was given last moves to the end, where the cursor does not find it any more; so does what is still to come. */
    private void move(List<String> given, List<String> waiting, int page) {
        Instant now = START.plusSeconds(60L * page);
        for (String id : List.of(given.get(given.size() - 1), waiting.get(page))) {
            change(id, now);
            lastChanged.put(id, now);
        }
        entered(2, now);
        if (page == 2 && client(ChangeFeed.class).can(ChangeFeed.DELETIONS)) {
            remove(waiting.get(0), now);
            lastChanged.put(waiting.get(0), now);
        }
    }

    private List<String> entered(int records, Instant at) {
        List<String> ids = enter(records, at);
        ids.forEach(id -> lastChanged.put(id, at));
        return ids;
    }

    private static List<String> sorted(List<ChangePage> pages) {
        return FeedReading.ids(pages).stream().sorted().toList();
    }
}
