package io.trunkline.sync;

import java.util.regex.Pattern;

/**
 * A part of a type's records, which can be read beside the other parts.
 *
 * @param name 1 to 12 lower-case letters, digits and hyphens; it always means the same part, because cursors hang on it
 * @param feed reads the part alone, with cursors of its own
 */
public record FeedPartition(String name, ChangeFeed feed) {

    private static final String WHOLE = "whole";
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

    /** The name of the stream that a job reads this part as. */
    String stream(String job) {
        return name.equals(WHOLE) ? job : job + "." + name;
    }
}
