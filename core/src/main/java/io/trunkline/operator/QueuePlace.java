package io.trunkline.operator;

import io.trunkline.privacy.Masking;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.QueueCounts;
import io.trunkline.store.QueueItem;
import io.trunkline.store.Store;
import io.trunkline.value.Page;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A queue of the store. */
final class QueuePlace implements Place {

    private final OrderedQueue queue;
    private final String name;
    private final String connection;
    private final TimeSource time;

    QueuePlace(Store store, String name, String connection, TimeSource time) {
        this.queue = store.queue(name);
        this.name = name;
        this.connection = connection;
        this.time = time;
    }

    @Override
    public Backlog backlog() {
        QueueCounts counts = queue.counts();
        Duration oldest = counts.oldest().map(this::since).orElse(null);
        String what = QueueKind.of(name).what() + (connection.isEmpty() ? "" : " of " + connection);
        return new Backlog(name, what, counts.pending(), counts.failing(), counts.dead(), oldest);
    }

    @Override
    public Page<BacklogItem> pending(Optional<String> cursor, int limit) {
        return shown(queue.pending(cursor, limit), false);
    }

    @Override
    public Page<BacklogItem> dead(Optional<String> cursor, int limit) {
        return shown(queue.deadLetters(cursor, limit), true);
    }

    @Override
    public Optional<ItemDetail> show(String id) {
        return number(id).flatMap(number -> {
            Optional<ItemDetail> pending = queue.pending(number).map(item -> detail(item, false));
            return pending.isPresent() ? pending : queue.deadLetter(number).map(item -> detail(item, true));
        });
    }

    @Override
    public boolean retry(String id) {
        return QueueKind.of(name).workedOff()
                && number(id).filter(queue::hasten).isPresent();
    }

    @Override
    public boolean replay(String id) {
        return number(id).filter(queue::replay).isPresent();
    }

    @Override
    public boolean drop(String id) {
        return number(id).filter(queue::drop).isPresent();
    }

    private Page<BacklogItem> shown(Page<QueueItem> page, boolean dead) {
        return new Page<>(page.items().stream().map(item -> item(item, dead)).toList(), page.cursor());
    }

    private ItemDetail detail(QueueItem item, boolean dead) {
        return new ItemDetail(item(item, dead), QueueKind.of(name).content(item.payload()));
    }

    private BacklogItem item(QueueItem item, boolean dead) {
        ItemState waiting = item.failures() > 0 ? ItemState.FAILING : ItemState.WAITING;
        Duration next = Duration.between(time.now(), item.notBefore());
        return new BacklogItem(
                name,
                Long.toString(item.id()),
                dead ? ItemState.DEAD : waiting,
                MaskedContent.path(item.entity()),
                item.failures(),
                since(item.addedAt()),
                dead || next.isNegative() || next.isZero() ? null : next,
                Masking.mask(item.reason()));
    }

    private Duration since(Instant instant) {
        return Duration.between(instant, time.now());
    }

    private static Optional<Long> number(String id) {
        return Optional.of(id).filter(text -> text.matches("[0-9]{1,18}")).map(Long::valueOf);
    }
}
