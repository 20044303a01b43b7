package io.trunkline.proofs;

import io.trunkline.connector.Capability;
import io.trunkline.sync.Change;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.ChangePage;
import io.trunkline.sync.SyncCursor;
import io.trunkline.value.CallOptions;
import io.trunkline.value.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/** A platform whose change number n says that its record {@code r(n mod keys)} has the number n. */
record NumberFeed(int changes, int keys, IntConsumer reading) implements ChangeFeed {

    static final String TYPE = "Number";
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public ChangePage read(String type, Optional<SyncCursor> from, int limit) {
        int start = from.map(cursor -> Integer.parseInt(cursor.text())).orElse(0);
        List<Change> page = new ArrayList<>();
        for (int number = start; number < Math.min(start + limit, changes); number++) {
            page.add(change("r" + number % keys, number));
        }
        reading.accept(start / limit);
        int next = start + page.size();
        return new ChangePage(page, new SyncCursor(String.valueOf(next)), next < changes);
    }

    static Change change(String id, int number) {
        return new Change(
                RecordRef.of("numbers", TYPE, id), false, FIRST.plusSeconds(number), Map.of("number", (long) number));
    }

    /** What a target holds when all is read. */
    Map<String, Integer> last() {
        Map<String, Integer> last = new HashMap<>();
        for (int number = 0; number < changes; number++) {
            last.put("r" + number % keys, number);
        }
        return last;
    }

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public String connection() {
        return "numbers";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(READ);
    }

    @Override
    public ChangeFeed with(CallOptions options) {
        return this;
    }
}
