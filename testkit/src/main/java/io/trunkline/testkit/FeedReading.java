package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.sync.Change;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.ChangePage;
import io.trunkline.sync.SyncCursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One type of a feed, read page by page to its end. */
record FeedReading(ChangeFeed feed, String type) {

    private static final int MOST_PAGES = 200;

    ChangePage page(Optional<SyncCursor> from, int limit) {
        ChangePage page = feed.read(type, from, limit);
        assertTrue(page.changes().size() <= limit, "a page is larger than was asked for");
        return page;
    }

    List<ChangePage> pages(Optional<SyncCursor> from, int limit) {
        return pages(from, limit, read -> {});
    }

    /** The same, with something that happens on the platform after each page. */
    List<ChangePage> pages(Optional<SyncCursor> from, int limit, Consumer<List<ChangePage>> between) {
        List<ChangePage> pages = new ArrayList<>();
        Optional<SyncCursor> cursor = from;
        boolean more = true;
        while (more) {
            assertTrue(pages.size() < MOST_PAGES, "the feed never ends");
            ChangePage page = page(cursor, limit);
            pages.add(page);
            between.accept(pages);
            cursor = Optional.of(page.next());
            more = page.more();
        }
        return pages;
    }

    static List<Change> changes(Collection<ChangePage> pages) {
        return pages.stream().flatMap(page -> page.changes().stream()).toList();
    }

    static List<String> ids(Collection<ChangePage> pages) {
        return changes(pages).stream().map(change -> change.ref().id()).toList();
    }

    /** The last word on each record. */
    static Map<String, Change> last(Collection<ChangePage> pages) {
        Map<String, Change> last = new LinkedHashMap<>();
        changes(pages).forEach(change -> last.put(change.ref().id(), change));
        return last;
    }

    static boolean inOrder(Collection<ChangePage> pages) {
        List<Instant> times = changes(pages).stream().map(Change::changedAt).toList();
        return times.equals(times.stream().sorted().toList());
    }
}
