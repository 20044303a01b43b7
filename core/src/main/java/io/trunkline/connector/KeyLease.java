package io.trunkline.connector;

import io.trunkline.error.CancelledException;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.privacy.MaskedLog;
import io.trunkline.store.Lease;
import io.trunkline.store.StoreException;
import io.trunkline.value.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The right to look up and create under a key, held by one caller at a time on all nodes that share a store; for
 * platforms that have no unique field. The others wait for it within their own time. Thread-safe.
 */
public final class KeyLease implements AutoCloseable {

    private static final MaskedLog LOG = MaskedLog.of(KeyLease.class);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final ErrorContext refusal;
    private final Lease lease;

    private KeyLease(ErrorContext refusal, Lease lease) {
        this.refusal = refusal;
        this.lease = lease;
    }

    /**
     * Takes the lease of a key, or waits for it until the deadline. Unless given back, it ends 10 seconds after that, so
     * it outlasts the calls that its holder makes until the same deadline.
     *
     * @param operation what errors name, such as {@code acme.upsert}
     * @param key what kind of record, and its key, such as {@code contact:42}; it may be personal and of any length
     * @throws ConnectorException if somebody else has it at the deadline ({@link ErrorKind#REJECTED_LOCALLY}), or the
     *     caller is interrupted ({@link ErrorKind#CANCELLED})
     */
    public static KeyLease take(ConnectorRuntime runtime, String operation, String key, Deadline deadline) {
        // Hashed for the store's limit on names and for privacy; that two keys share a hash costs no more than waiting.
        UUID hash = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
        String name = "key:" + runtime.connection() + ":" + hash;
        ErrorContext refusal = ErrorContext.of(runtime.connection(), operation, ErrorKind.REJECTED_LOCALLY);
        while (true) {
            Optional<Lease> lease =
                    runtime.store().leases().acquire(name, deadline.remaining().plus(MARGIN));
            if (lease.isPresent()) {
                return new KeyLease(refusal, lease.get());
            }
            if (deadline.remaining().compareTo(PAUSE) <= 0) {
                throw refused(refusal);
            }
            pause(runtime, refusal);
        }
    }

    /**
     * Refuses to go on under a lease that has ended; for the moment between looking up and creating.
     *
     * @throws ConnectorException of kind {@link ErrorKind#REJECTED_LOCALLY} if it has
     */
    public void requireHeld() {
        if (!lease.held()) {
            throw refused(refusal);
        }
    }

    /** Gives it back. Where the store fails it ends by itself, and what was done under it stands. */
    @Override
    public void close() {
        try {
            lease.close();
        } catch (StoreException e) {
            LOG.warn("{} could not give the lease of a key back ({})", refusal.connection(), e.getClass());
        }
    }

    private static ConnectorException refused(ErrorContext refusal) {
        return Failures.of("somebody else is creating this record; ask again in a moment", refusal);
    }

    private static void pause(ConnectorRuntime runtime, ErrorContext refusal) {
        try {
            runtime.time().sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(
                    "the caller was interrupted while it waited", refusal.withKind(ErrorKind.CANCELLED), e);
        }
    }
}
