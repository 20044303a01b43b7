package io.trunkline.sync;

import io.trunkline.connector.Capability;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A feed of named parts, each a feed of its own; tells who reads what, and lets the test come between. */
public final class PartedFeed implements ChangeFeed {

    final Map<String, ListFeed> parts = new TreeMap<>();
    final Map<String, Integer> reads = new ConcurrentHashMap<>();
    final List<Lane> lanes = new CopyOnWriteArrayList<>();
    volatile Consumer<String> beforeRead = part -> {};

    /** A feed with nothing in its parts. */
    public PartedFeed(Instant now, String... names) {
        for (String name : names) {
            parts.put(name, new ListFeed(now));
        }
    }

    /** A record of a part as it is now. */
    public void put(String part, String id, Instant at) {
        parts.get(part).put(id, at, Map.of("name", id));
    }

    /** The records of all parts. */
    Map<String, Change> records() {
        Map<String, Change> all = new TreeMap<>();
        parts.values().forEach(part -> all.putAll(part.records));
        return all;
    }

    @Override
    public List<FeedPartition> partitions(String type) {
        List<FeedPartition> all = new ArrayList<>();
        parts.forEach((name, feed) -> all.add(new FeedPartition(name, new Part(this, name, feed))));
        return all;
    }

    @Override
    public ChangePage read(String type, Optional<SyncCursor> from, int limit) {
        throw new IllegalStateException("it is to be read in parts");
    }

    @Override
    public Set<String> types() {
        return Set.of(ListFeed.TYPE);
    }

    @Override
    public String connection() {
        return "crm";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(READ);
    }

    @Override
    public ChangeFeed with(CallOptions options) {
        lanes.add(options.lane());
        return this;
    }

    private record Part(PartedFeed all, String name, ListFeed feed) implements ChangeFeed {

        @Override
        public ChangePage read(String type, Optional<SyncCursor> from, int limit) {
            all.reads.merge(name, 1, Integer::sum);
            all.beforeRead.accept(name);
            return feed.read(type, from, limit);
        }

        @Override
        public Set<String> types() {
            return feed.types();
        }

        @Override
        public String connection() {
            return "crm";
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
}
