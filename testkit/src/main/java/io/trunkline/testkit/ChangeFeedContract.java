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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every connector that offers {@link ChangeFeed} must do, beside {@link ConnectorContract}: whoever stops after any
 * page and goes on from its cursor has everything in the end, whatever the records' times.
 */
public abstract class ChangeFeedContract extends ConnectorContract {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d[:\\d.]*Z");
    private static final int MOST_PAGES = 200;

    /** For subclasses. */
    protected ChangeFeedContract() {}

    /** One of the feed's types. */
    protected abstract String type();

    /** Puts so many new records into the platform, all changed at the same instant, which has passed; gives their ids. */
    protected abstract List<String> enter(int records, Instant changedAt);

    /** Removes a record at an instant; needed only where deletions are declared. */
    protected void remove(String id, Instant at) {
        throw new UnsupportedOperationException("deletions are declared, so the test must say how to delete " + id);
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
        assertEquals(List.copyOf(all), sorted(ids(pages)), "each once");
        assertTrue(inOrder(pages), "in the order of their time");

        Set<String> before = new TreeSet<>();
        for (ChangePage page : pages) {
            before.addAll(ids(List.of(page)));
            Set<String> together = new TreeSet<>(before);
            together.addAll(ids(pages(Optional.of(page.next()), 3)));
            assertEquals(all, together, "stopped after " + before.size());
        }
        Leaks.printed(pages);
    }

    @Test
    final void read_thousandsAtOneTime_areGivenOnceEach() {
        Set<String> all = new TreeSet<>(enter(2_500, START));

        List<String> given = ids(pages(Optional.empty(), 500));

        assertEquals(List.copyOf(all), sorted(given));
    }

    @Test
    final void read_sameCursorTwice_givesAtLeastTheSame() {
        enter(9, START);
        ChangePage first = read(Optional.empty(), 4);
        Optional<SyncCursor> cursor = Optional.of(first.next());

        List<String> once = ids(List.of(read(cursor, 4)));

        assertTrue(ids(List.of(read(cursor, 4))).containsAll(once));
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
        assertEquals(late, ids(pages(Optional.of(nothing.next()), 10)));
    }

    @Test
    final void read_deletedRecord_isTold() {
        ChangeFeed feed = offering(ChangeFeed.class, ChangeFeed.DELETIONS);
        List<String> entered = enter(3, START);
        ChangePage first = feed.read(type(), Optional.empty(), 10);
        remove(entered.get(1), START.plusSeconds(60));

        List<Change> later = pages(Optional.of(first.next()), 10).stream()
                .flatMap(page -> page.changes().stream())
                .toList();

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
        return client(ChangeFeed.class).read(type(), from, limit);
    }

    private List<ChangePage> pages(Optional<SyncCursor> from, int limit) {
        List<ChangePage> pages = new ArrayList<>();
        Optional<SyncCursor> cursor = from;
        do {
            assertTrue(pages.size() < MOST_PAGES, "the feed never ends");
            ChangePage page = read(cursor, limit);
            assertTrue(page.changes().size() <= limit, "a page is larger than was asked for");
            pages.add(page);
            cursor = Optional.of(page.next());
        } while (pages.get(pages.size() - 1).more());
        return pages;
    }

    private static List<String> ids(List<ChangePage> pages) {
        return pages.stream()
                .flatMap(page -> page.changes().stream())
                .map(change -> change.ref().id())
                .toList();
    }

    private static List<String> sorted(List<String> ids) {
        return ids.stream().sorted().toList();
    }

    private static boolean inOrder(List<ChangePage> pages) {
        List<Instant> times = pages.stream()
                .flatMap(page -> page.changes().stream())
                .map(Change::changedAt)
                .toList();
        return times.equals(times.stream().sorted().toList());
    }
}
