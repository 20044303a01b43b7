package io.trunkline.webhook;

import io.trunkline.event.Event;
import io.trunkline.event.NewsWaiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How one platform's events are read by a cursor, where a webhook says at most that there are some. Offered by a
 * connection as a client. Thread-safe.
 */
public interface PullSource {

    /** The name of the connection that it reads through. */
    String connection();

    /** Its own name, the same for ever: lower-case letters, digits and hyphens, at most 40. */
    String name();

    /** What can be read, such as accounts or mailboxes. May ask the platform. */
    Set<String> streams();

    /**
     * The next items of a stream. Reading from a cursor again gives at least what it gave before.
     *
     * @param cursor what the last page gave as next; empty for as far back as the platform goes
     * @param news the notification that led here; empty if nothing did but time
     * @throws CursorExpiredException if the platform does not know the cursor any more
     */
    PulledPage pull(String stream, Optional<String> cursor, Optional<NewsWaiting> news);

    /**
     * What an item says happened; possibly nothing that concerns anybody. The same item always gives the same events.
     *
     * @throws io.trunkline.mapping.MalformedDataException if it is not what the platform documents; it is then put aside
     */
    List<Event> decode(byte[] item);

    /** What is the same whenever the platform gives the item again; the item by default. */
    default byte[] content(byte[] item) {
        return item;
    }

    /** How far back the platform lets read; empty if for ever, or if it says when a cursor is too old. */
    default Optional<Duration> reach() {
        return Optional.empty();
    }
}
