package io.trunkline.outbox;

import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.QueueItem;
import io.trunkline.store.Store;
import io.trunkline.store.StoreForms;
import io.trunkline.value.TimeSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One process with an outbox, a clock that a test moves, and a platform. */
final class OutboxNode implements AutoCloseable {

    static final String KIND = "note";

    final VirtualClock clock = VirtualClock.single();
    final TimeSource time = Clocks.of(clock);
    final Diary diary = new Diary();
    final Store store;
    final Outbox outbox;

    OutboxNode(StoreForms form, Path folder) {
        store = form.open(time, folder);
        outbox = new Outbox("crm", store, time).on(KIND, diary);
    }

    /** An entry whose payload begins with its entity. */
    static OutboxEntry entry(String entity, int number) {
        String text = entity + number;
        return OutboxEntry.of(KIND, entity, "key-" + text, text.getBytes(StandardCharsets.UTF_8));
    }

    boolean put(String entity, int number) {
        return outbox.put(entry(entity, number));
    }

    /** Works until nothing is due. */
    void drain() {
        drain(outbox);
    }

    static void drain(Outbox outbox) {
        int looked = 1;
        while (looked > 0) {
            looked = outbox.work();
        }
    }

    /** Lets time pass, working every few seconds at first and every few minutes later. */
    void live(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; ) {
            long usual = passed.toMinutes() < 5 ? 5 : passed.toHours() < 7 ? 60 : 600;
            Duration step =
                    Duration.ofSeconds(Math.min(usual, time.minus(passed).toSeconds()));
            drain();
            clock.advance(step);
            passed = passed.plus(step);
        }
        drain();
    }

    OutboxResult result(String key) {
        return outbox.result(key).orElseThrow();
    }

    OrderedQueue queue() {
        return store.queue(outbox.queueName());
    }

    List<QueueItem> waiting() {
        return queue().pending(Optional.empty(), 100).items();
    }

    List<QueueItem> aside() {
        return queue().deadLetters(Optional.empty(), 100).items();
    }

    @Override
    public void close() {
        store.close();
    }
}
