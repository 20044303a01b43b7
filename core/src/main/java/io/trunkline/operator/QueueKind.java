package io.trunkline.operator;

import io.trunkline.webhook.StoredWebhook;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What the names of queues mean, and how to read what lies in them. */
enum QueueKind {
    INBOX("inbox"),
    CONFLICTS("inbox conflicts: an event's id that came again with another content"),
    OUTBOX("outbox"),
    OTHER("queue");

    private final String what;

    QueueKind(String what) {
        this.what = what;
    }

    static QueueKind of(String queue) {
        if (queue.startsWith("webhooks.")) {
            return queue.endsWith(".conflicts") ? CONFLICTS : INBOX;
        }
        return queue.startsWith("outbox.") ? OUTBOX : OTHER;
    }

    String what() {
        return what;
    }

    /** Whether items wait there for a worker, not for a person. */
    boolean workedOff() {
        return this != CONFLICTS;
    }

    List<String> content(byte[] payload) {
        return this == INBOX || this == CONFLICTS ? webhook(payload) : MaskedContent.lines(payload);
    }

    private static List<String> webhook(byte[] payload) {
        try {
            StoredWebhook webhook = StoredWebhook.of(payload);
            URI url = webhook.request().url();
            List<String> lines = new ArrayList<>();
            lines.add("arrived: " + webhook.request().receivedAt());
            lines.add(
                    webhook.source().isEmpty()
                            ? "by: " + webhook.request().method() + " "
                                    + MaskedContent.path(String.valueOf(url.getPath()))
                            : "by: reading " + webhook.source());
            lines.add(
                    webhook.eventIds().isEmpty()
                            ? "events: it could not be read when it arrived"
                            : "events: " + webhook.eventIds().size());
            lines.addAll(MaskedContent.lines(webhook.request().body()));
            return lines;
        } catch (IllegalStateException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }
}
