package io.trunkline.sync;

import io.trunkline.connector.Capability;
import io.trunkline.connector.Client;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A platform's records since a cursor. Reading from a cursor again gives at least what it gave before. */
public interface ChangeFeed extends Client<ChangeFeed> {

    /** Changed records can be read. */
    Capability READ = Capability.of("changes.read");

    /** Deleted records are told. */
    Capability DELETIONS = Capability.of("changes.deletions");

    /** The types of record that can be followed, in the platform's own words. */
    Set<String> types();

    /**
     * The next changes.
     *
     * @param type one of {@link #types()}
     * @param from empty for the very beginning
     * @param limit most records of the page, 1 to 2000
     * @throws io.trunkline.error.InvalidRequestException if the type is not offered, or the cursor belongs to another
     *     feed, another type, or the future
     */
    ChangePage read(String type, Optional<SyncCursor> from, int limit);

    /**
     * The parts of a type's records that may be read side by side, so that each record is in exactly one and stays there;
     * one whole unless the feed says otherwise.
     *
     * @param type one of {@link #types()}
     */
    default List<FeedPartition> partitions(String type) {
        return List.of(FeedPartition.whole(this));
    }
}
