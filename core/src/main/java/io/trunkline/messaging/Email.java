package io.trunkline.messaging;

import io.trunkline.connector.Capability;
import io.trunkline.connector.Client;
import java.util.Optional;
import java.util.function.Consumer;

/** Mail of one connection: a way out and a mailbox. */
public interface Email extends Client<Email> {

    /** {@link #send}. */
    Capability SEND = Capability.of("email.send");

    /** {@link #fetch}. */
    Capability FETCH = Capability.of("email.fetch");

    /** {@link #watch}. */
    Capability WATCH = Capability.of("email.watch");

    /** {@link #markSeen}. */
    Capability MARK_SEEN = Capability.of("email.mark-seen");

    /**
     * Hands a mail over, at most once, with a result for each recipient. Throws
     * {@link io.trunkline.error.RetryLaterException} if nothing at all was handed over.
     */
    default EmailOutcome send(EmailMessage message) {
        throw unsupported(SEND);
    }

    /** Mails of a folder since a cursor, at most {@code limit}; without a cursor from the first. */
    default MailBatch fetch(String folder, Optional<String> cursor, int limit) {
        throw unsupported(FETCH);
    }

    /**
     * Gives every mail after the cursor to the listener until the watch is closed, as soon as the server tells. The
     * listener's batch holds the cursor to keep; an error of the listener ends the watch.
     */
    default MailWatch watch(String folder, String cursor, Consumer<MailBatch> listener) {
        throw unsupported(WATCH);
    }

    /** Marks a mail as read. */
    default void markSeen(String folder, long uid) {
        throw unsupported(MARK_SEEN);
    }
}
