package io.trunkline.webhook;

import io.trunkline.auth.Macs;
import io.trunkline.event.Event;
import io.trunkline.privacy.MaskedLog;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.QueueItem;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.store.Versioned;
import io.trunkline.value.Page;
import io.trunkline.value.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one connection keeps of its genuine webhooks: each event once, whatever becomes of the process afterwards. An
 * event's id that comes again with another content is put apart for a person to look at; what came first stands.
 */
final class WebhookInbox {

    private static final MaskedLog LOG = MaskedLog.of(WebhookReceiver.class);

    /** How long an event's id is remembered; platforms repeat for up to three days. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private static final int DIGEST = 32;

    private final String connection;
    private final Store store;
    private final TimeSource time;

    WebhookInbox(String connection, Store store, TimeSource time) {
        this.connection = connection;
        this.store = store;
        this.time = time;
    }

    /** Keeps what is new, in one transaction; returns for how many entities something was. */
    int keep(StoredWebhook arrival, byte[] content, List<Event> events) {
        return store.atomically(inside -> keep(inside, arrival, content, events));
    }

    /** As {@link #keep(StoredWebhook, byte[], List)}, in a transaction that is under way. */
    int keep(Store inside, StoredWebhook arrival, byte[] content, List<Event> events) {
        // Sorted, so that two nodes that get the same events in another order do not wait for one another for ever.
        Map<String, List<String>> idsByEntity = new TreeMap<>();
        for (Event event : events) {
            idsByEntity
                    .computeIfAbsent(event.header().entity(), entity -> new ArrayList<>())
                    .add(event.header().id());
        }
        return keep(inside, arrival, idsByEntity, mark(content, events));
    }

    /** Keeps what cannot be read, once, to be tried like any other: nothing is lost, and nothing waits for it. */
    int keepUnread(Store inside, StoredWebhook arrival) {
        byte[] body = arrival.request().body();
        String id = "unread/" + arrival.source() + "/" + HexFormat.of().formatHex(Macs.digest("SHA-256", body));
        String key = StoredWebhook.key(connection, id);
        if (!inside.values(StoredWebhook.SEEN)
                .claim(key, new byte[0], time.now().plus(REMEMBERED))) {
            return 0;
        }
        LOG.warn("{} gave something that cannot be read; it is kept and tried again", connection);
        inside.queue(StoredWebhook.queue(connection)).add(key, arrival.bytes(), time.now(), null);
        return 1;
    }

    Page<QueueItem> conflicts(Optional<String> cursor, int limit) {
        return store.queue(StoredWebhook.conflicts(connection)).pending(cursor, limit);
    }

    private int keep(Store inside, StoredWebhook arrival, Map<String, List<String>> idsByEntity, byte[] mark) {
        Values seen = inside.values(StoredWebhook.SEEN);
        OrderedQueue queue = inside.queue(StoredWebhook.queue(connection));
        Instant expires = time.now().plus(REMEMBERED);
        int kept = 0;
        for (Map.Entry<String, List<String>> entity : idsByEntity.entrySet()) {
            List<String> fresh = new ArrayList<>();
            for (String id : entity.getValue().stream().distinct().sorted().toList()) {
                String key = StoredWebhook.key(connection, id);
                if (seen.claim(key, mark, expires)) {
                    fresh.add(id);
                } else if (contradicts(seen.get(key), mark)) {
                    putApart(inside, arrival, entity.getKey(), mark);
                }
            }
            if (!fresh.isEmpty()) {
                byte[] payload = arrival.with(fresh).bytes();
                queue.add(StoredWebhook.key(connection, entity.getKey()), payload, time.now(), null);
                kept++;
            }
        }
        return kept;
    }

    private void putApart(Store inside, StoredWebhook arrival, String entity, byte[] mark) {
        byte[] payload = arrival.bytes();
        String once = HexFormat.of().formatHex(mark);
        if (inside.queue(StoredWebhook.conflicts(connection))
                .add(StoredWebhook.key(connection, entity), payload, time.now(), once)) {
            LOG.warn("{} sent an event a second time with another content; the first one stands", connection);
        }
    }

    /** A digest of which events came together, and one of what they said. */
    private static byte[] mark(byte[] content, List<Event> events) {
        StringBuilder ids = new StringBuilder();
        events.forEach(event -> ids.append(event.header().id()).append('\n'));
        byte[] together = Macs.digest("SHA-256", ids.toString().getBytes(StandardCharsets.UTF_8));
        byte[] mark = Arrays.copyOf(together, 2 * DIGEST);
        System.arraycopy(Macs.digest("SHA-256", content), 0, mark, DIGEST, DIGEST);
        return mark;
    }

    /** Only what came in the same company can be compared: a platform may repeat an event among others. */
    private static boolean contradicts(Optional<Versioned> first, byte[] mark) {
        byte[] before = first.map(Versioned::value).orElse(mark);
        return before.length == mark.length && Arrays.mismatch(before, mark) >= DIGEST;
    }
}
