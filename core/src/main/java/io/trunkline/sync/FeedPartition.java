package io.trunkline.sync;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A part of a type's records, which can be read beside the other parts.
 *
 * @param name 1 to 12 lower-case letters, digits and hyphens; it always means the same part, because cursors hang on it
 * @param feed reads the part alone, with cursors of its own
 */
public record FeedPartition(String name, ChangeFeed feed) {

    /** The name of the only part of a feed that has none. */
    public static final String WHOLE = "whole";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,11}");

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is of another form
     */
    public FeedPartition {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a part's name must be 1 to 12 lower-case letters, digits and hyphens");
        }
    }

    /** All records, for a feed that has no parts. */
    public static FeedPartition whole(ChangeFeed feed) {
        return new FeedPartition(WHOLE, feed);
    }

    /**
     * The parts of a type's records, as a feed tells them.
     *
     * @param type one of {@link ChangeFeed#types()}
     * @throws IllegalStateException if it tells none, or two of one name
     */
    public static List<FeedPartition> of(ChangeFeed feed, String type) {
        List<FeedPartition> parts = feed.partitions(type);
        if (parts.isEmpty()
                || parts.stream().map(FeedPartition::name).distinct().count() != parts.size()) {
            throw new IllegalStateException("the feed tells no parts, or two of one name");
        }
        return parts;
    }

    /** The name of the stream that a job reads this part as. */
    String stream(String job) {
        return name.equals(WHOLE) ? job : job + "." + name;
    }
}
