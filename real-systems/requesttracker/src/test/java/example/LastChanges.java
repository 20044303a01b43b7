package example;

import io.trunkline.sync.Change;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.ChangePage;
import io.trunkline.sync.SyncCursor;
import io.trunkline.value.RecordRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The last change that a feed tells of each of some records, read on until all have one of this second's. */
final class LastChanges {

    private static final int MOST_PAGES = 2_000;

    private LastChanges() {}

    static Map<String, Change> of(ChangeFeed feed, RecordRef... records) {
        Map<String, Change> last = new HashMap<>();
        Optional<SyncCursor> cursor = Optional.empty();
        int quiet = 0;
        for (int pages = 0; pages < MOST_PAGES && quiet < 60; pages++) {
            ChangePage page = feed.read("ticket", cursor, 100);
            page.changes().forEach(change -> last.put(change.ref().id(), change));
            cursor = Optional.of(page.next());
            // What was changed in this very second is told by a later reading.
            quiet = page.changes().isEmpty() ? quiet + 1 : 0;
        }
        for (RecordRef record : records) {
            if (!last.containsKey(record.id())) {
                throw new AssertionError(record + " was never told");
            }
        }
        return last;
    }
}
