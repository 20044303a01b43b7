package io.trunkline.outbox;

import io.trunkline.delivery.AsideException;
import io.trunkline.delivery.Completion;
import io.trunkline.delivery.Delivery;
import io.trunkline.delivery.LaterException;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.store.QueueItem;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes one write. That it was begun is kept before it is, and taken back only by what proves that nothing was written;
 * whoever finds it begun asks first.
 */
final class OutboxDelivery implements Delivery {

    /** Nothing was written, and the entry is not to blame: the platform is down or its account must be mended. */
    private static final Set<ErrorKind> WAITS = EnumSet.of(
            ErrorKind.RATE_LIMITED,
            ErrorKind.QUOTA_EXHAUSTED,
            ErrorKind.UNAVAILABLE,
            ErrorKind.TRANSPORT,
            ErrorKind.TIMEOUT,
            ErrorKind.REJECTED_LOCALLY,
            ErrorKind.AUTHENTICATION,
            ErrorKind.CONFIGURATION,
            ErrorKind.SECURITY,
            ErrorKind.CANCELLED);

    /** Nothing was written, and it would be refused again. */
    private static final Set<ErrorKind> REFUSED =
            EnumSet.of(ErrorKind.INVALID_REQUEST, ErrorKind.NOT_FOUND, ErrorKind.PERMISSION, ErrorKind.UNSUPPORTED);

    private final Map<String, OutboxHandler> handlers = new LinkedHashMap<>();
    private final Store store;
    private final OutboxRecords records;
    private final TimeSource time;
    private final Duration longestWait;

    OutboxDelivery(Store store, OutboxRecords records, TimeSource time, Duration longestWait) {
        this.store = store;
        this.records = records;
        this.time = time;
        this.longestWait = longestWait;
    }

    void on(String kind, OutboxHandler handler) {
        if (handlers.putIfAbsent(kind, handler) != null) {
            throw new IllegalArgumentException("there is a handler of " + kind + " already");
        }
    }

    @Override
    public Completion deliver(QueueItem item) throws Exception {
        OutboxEntry entry = OutboxEntry.of(item);
        OutboxRecord record =
                records.get(store, entry.key()).orElseGet(() -> OutboxRecord.forgotten(entry, item, time.now()));
        if (record.result() instanceof OutboxResult.Done) {
            return Completion.nothing();
        }
        if (record.result() instanceof OutboxResult.Dead) {
            record = records.keep(store, entry.key(), record.pending(time.now()));
        }
        OutboxHandler handler = handlers.get(entry.kind());
        if (handler == null) {
            throw later(item, record, Optional.empty(), "this node has no handler of the kind " + entry.kind());
        }
        Instant begun = record.begun();
        Reconciliation known = begun == null ? new Reconciliation.NotDone() : reconciled(item, record, handler, begun);
        if (known instanceof Reconciliation.Done done) {
            return done(entry, record, done.platformId());
        }
        if (known instanceof Reconciliation.CannotTell doubt) {
            throw new AsideException("it may have been written, look there: " + doubt.reason());
        }
        if (entry.validFor().map(since(record)::plus).orElse(Instant.MAX).isBefore(time.now())) {
            records.keep(store, entry.key(), record.begun(null));
            throw new AsideException("the time in which it was worth writing is over");
        }
        record = records.keep(store, entry.key(), record.begun(time.now()));
        return done(entry, record, write(item, record, handler));
    }

    @Override
    public void aside(QueueItem item, String reason, Store inside) {
        OutboxEntry entry;
        try {
            entry = OutboxEntry.of(item);
        } catch (IllegalStateException e) {
            return; // What cannot be read has no key to be remembered by.
        }
        OutboxRecord record =
                records.get(inside, entry.key()).orElseGet(() -> OutboxRecord.forgotten(entry, item, time.now()));
        if (!(record.result() instanceof OutboxResult.Done)) {
            records.keep(inside, entry.key(), record.dead(reason, time.now(), item.id()));
        }
    }

    private Completion done(OutboxEntry entry, OutboxRecord record, String platformId) {
        return inside -> records.keep(inside, entry.key(), record.done(platformId, time.now()));
    }

    private Reconciliation reconciled(QueueItem item, OutboxRecord record, OutboxHandler handler, Instant begun)
            throws Exception {
        try {
            return handler.reconcile(OutboxEntry.of(item), begun);
        } catch (LaterException e) {
            throw later(item, record, Optional.of(e.notBefore()), text(e));
        } catch (ConnectorException e) {
            throw REFUSED.contains(e.kind())
                    ? e
                    : later(item, record, e.context().retryAt(), text(e));
        }
    }

    private String write(QueueItem item, OutboxRecord record, OutboxHandler handler) throws Exception {
        OutboxEntry entry = OutboxEntry.of(item);
        try {
            return handler.write(entry);
        } catch (LaterException e) {
            records.keep(store, entry.key(), record.begun(null));
            throw later(item, record, Optional.of(e.notBefore()), text(e));
        } catch (IllegalArgumentException e) {
            throw new AsideException("the input is refused: " + text(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaterException(time.now().plus(OutboxPauses.SETTLED), "interrupted while it was being written");
        } catch (ConnectorException e) {
            if (!WAITS.contains(e.kind()) && !REFUSED.contains(e.kind())) {
                throw e;
            }
            records.keep(store, entry.key(), record.begun(null));
            throw REFUSED.contains(e.kind())
                    ? new AsideException(text(e))
                    : later(item, record, e.context().retryAt(), text(e));
        }
    }

    private Exception later(QueueItem item, OutboxRecord record, Optional<Instant> asked, String reason) {
        Instant now = time.now();
        if (!since(record).plus(longestWait).isAfter(now)) {
            return new AsideException("given up after " + longestWait.toHours() + " hours: " + reason);
        }
        Instant own = now.plus(OutboxPauses.whileDown(item.attempts(), item.id()));
        return new LaterException(asked.filter(own::isBefore).orElse(own), reason);
    }

    private static String text(Exception e) {
        return String.valueOf(e.getMessage());
    }

    private Instant since(OutboxRecord record) {
        return record.result() instanceof OutboxResult.Pending pending ? pending.since() : time.now();
    }
}
