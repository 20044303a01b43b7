package io.trunkline.messaging;

import java.util.List;

/**
 * Mails of a folder in the order in which they came, the cursor to fetch on from, which is always there, and whether
 * more are waiting. A mail that cannot be read is in {@code unreadable} by its number and is not fetched again.
 */
public record MailBatch(List<ReceivedEmail> mails, List<Long> unreadable, String cursor, boolean more) {

    /** Keeps copies. */
    public MailBatch {
        mails = List.copyOf(mails);
        unreadable = List.copyOf(unreadable);
    }
}
