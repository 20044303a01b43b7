package io.trunkline.messaging;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known after a mail was handed over: its message id, and an outcome for each recipient's address. One bad
 * address does not hold up the others.
 */
public record EmailOutcome(String messageId, Map<String, SendOutcome> recipients) {

    /** Keeps a copy in order. */
    public EmailOutcome {
        recipients = Collections.unmodifiableMap(new LinkedHashMap<>(recipients));
    }

    /** Whether every recipient was accepted. */
    public boolean accepted() {
        return recipients.values().stream().allMatch(SendOutcome.Accepted.class::isInstance);
    }

    @Override
    public String toString() {
        return "EmailOutcome[" + recipients.size() + " recipients]";
    }
}
