package io.trunkline.sync;

import io.trunkline.connector.Capability;
import io.trunkline.value.CallOptions;
import java.util.Optional;
import java.util.Set;

/** A feed that gives one page for ever. */
record FixedFeed(ChangePage page) implements ChangeFeed {

    @Override
    public Set<String> types() {
        return Set.of("T");
    }

    @Override
    public ChangePage read(String type, Optional<SyncCursor> from, int limit) {
        return page;
    }

    @Override
    public String connection() {
        return "fixed";
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
