package io.trunkline.store;

import io.trunkline.error.SecurityPolicyException;
import io.trunkline.privacy.MaskedLog;
import io.trunkline.value.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A queue of sealed items under hidden entities. What cannot be opened is put aside, so that nothing else waits for it. */
final class SealedQueue implements OrderedQueue {

    static final String ENTITY = "entity";
    static final String ONCE = "once";
    static final String ITEM = "item";
    static final String REASON = "reason";

    private static final MaskedLog LOG = MaskedLog.of(SealedStore.class);
    private static final String UNREADABLE = "it cannot be opened with the keys there are; replay it when they are";

    private final OrderedQueue queue;
    private final Seal seal;
    private final String name;

    SealedQueue(OrderedQueue queue, Seal seal, String name) {
        this.queue = queue;
        this.seal = seal;
        this.name = name;
    }

    @Override
    public boolean add(String entity, byte[] payload, Instant notBefore, @Nullable String dedupeId) {
        String hidden = hidden(entity);
        byte[] sealed = seal.seal(new Seal.Named(entity, StoreNames.sealable(payload)), ITEM, name, hidden);
        String once = dedupeId == null ? null : seal.hidden(ONCE, name, StoreNames.key(dedupeId));
        return queue.add(hidden, sealed, notBefore, once);
    }

    @Override
    public List<QueueItem> take(int most, Duration visibility) {
        List<QueueItem> opened = new ArrayList<>();
        List<QueueItem> taken;
        do {
            taken = queue.take(most, visibility);
            for (QueueItem item : taken) {
                try {
                    opened.add(opened(item));
                } catch (SecurityPolicyException e) {
                    LOG.warn("an item of queue {} cannot be opened and is put aside", name);
                    queue.dead(item, seal.sealReason(UNREADABLE, REASON, name, item.entity()));
                }
            }
            // Nothing would mean that nothing is due.
        } while (opened.isEmpty() && !taken.isEmpty());
        return opened;
    }

    @Override
    public boolean done(QueueItem item) {
        return queue.done(stored(item));
    }

    @Override
    public boolean extend(QueueItem item, Duration visibility) {
        return queue.extend(stored(item), visibility);
    }

    @Override
    public boolean retry(QueueItem item, Instant notBefore, String reason) {
        return queue.retry(stored(item), notBefore, sealed(item, reason));
    }

    @Override
    public boolean postpone(QueueItem item, Instant notBefore, String reason) {
        return queue.postpone(stored(item), notBefore, sealed(item, reason));
    }

    @Override
    public boolean dead(QueueItem item, String reason) {
        return queue.dead(stored(item), sealed(item, reason));
    }

    @Override
    public Page<QueueItem> pending(Optional<String> cursor, int limit) {
        return shown(queue.pending(cursor, limit));
    }

    @Override
    public Page<QueueItem> deadLetters(Optional<String> cursor, int limit) {
        return shown(queue.deadLetters(cursor, limit));
    }

    @Override
    public Optional<QueueItem> pending(long id) {
        return queue.pending(id).map(this::shown);
    }

    @Override
    public Optional<QueueItem> deadLetter(long id) {
        return queue.deadLetter(id).map(this::shown);
    }

    @Override
    public QueueCounts counts() {
        return queue.counts();
    }

    @Override
    public boolean hasten(long id) {
        return queue.hasten(id);
    }

    @Override
    public boolean replay(long id) {
        return queue.replay(id);
    }

    @Override
    public boolean drop(long id) {
        return queue.drop(id);
    }

    private String hidden(String entity) {
        return seal.hidden(ENTITY, name, StoreNames.key(entity));
    }

    private String sealed(QueueItem item, String reason) {
        return seal.sealReason(reason, REASON, name, hidden(item.entity()));
    }

    /** As the queue beneath knows it; what it is told of an item it finds by id and attempts. */
    private QueueItem stored(QueueItem item) {
        return with(item, new Seal.Named(hidden(item.entity()), new byte[0]), "");
    }

    private QueueItem opened(QueueItem item) {
        Seal.Named named = seal.open(item.payload(), ITEM, name, item.entity());
        return with(item, named, seal.openReason(item.reason(), REASON, name, item.entity()));
    }

    private Page<QueueItem> shown(Page<QueueItem> page) {
        List<QueueItem> items = page.items().stream().map(this::shown).toList();
        return new Page<>(items, page.next().orElse(null));
    }

    /** A person must see that there is something, though not what. */
    private QueueItem shown(QueueItem item) {
        try {
            return opened(item);
        } catch (SecurityPolicyException e) {
            return with(item, new Seal.Named(item.entity(), new byte[0]), UNREADABLE);
        }
    }

    private static QueueItem with(QueueItem item, Seal.Named named, String reason) {
        return new QueueItem(
                item.id(),
                named.name(),
                named.content(),
                item.attempts(),
                item.failures(),
                item.addedAt(),
                item.notBefore(),
                reason);
    }
}
