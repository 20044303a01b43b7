package io.trunkline.poll;

import io.trunkline.sync.ChangePage;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in a feed and what is told from there on: all, or, as long as what was there at the beginning is being passed
 * over, what was changed since the beginning.
 */
record PollCursor(Instant since, @Nullable String cursor) {

    static PollCursor telling() {
        return new PollCursor(Instant.MIN, null);
    }

    static PollCursor skipping(Instant since) {
        return new PollCursor(since, null);
    }

    static PollCursor parse(String text) {
        int end = text.indexOf(' ');
        if (end < 0) {
            throw new IllegalArgumentException("the cursor is not one of a polled feed");
        }
        String since = text.substring(0, end);
        return new PollCursor(since.isEmpty() ? Instant.MIN : Instant.parse(since), text.substring(end + 1));
    }

    Optional<String> place() {
        return Optional.ofNullable(cursor);
    }

    /** The place after a page: at the end of what was there, the passing over ends. */
    PollCursor after(ChangePage page) {
        return new PollCursor(page.more() ? since : Instant.MIN, page.next().text());
    }

    String text() {
        return (since.equals(Instant.MIN) ? "" : since) + " " + cursor;
    }
}
