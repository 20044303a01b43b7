package io.trunkline.crm.requesttracker;

import io.trunkline.error.CancelledException;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.store.Lease;
import io.trunkline.value.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Lets one caller look up and create under a key at a time; the others wait for it within their own time. */
final class RequestTrackerLease {

    private static final String OPERATION = "request-tracker.create";
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final RequestTrackerDesk desk;
    private final Deadline deadline;

    RequestTrackerLease(RequestTrackerDesk desk, Deadline deadline) {
        this.desk = desk;
        this.deadline = deadline;
    }

    /** The lease of a key; it lasts longer than its holder's calls can. */
    Lease acquire(String key) {
        // A key may be personal and of any length; that two share a hash costs no more than waiting.
        String name = desk.connection() + ":" + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
        while (true) {
            Optional<Lease> lease = desk.runtime()
                    .store()
                    .leases()
                    .acquire(name, deadline.remaining().plus(MARGIN));
            if (lease.isPresent()) {
                return lease.get();
            }
            if (deadline.remaining().compareTo(PAUSE) <= 0) {
                throw refused();
            }
            pause();
        }
    }

    /** Refuses to create under a lease that has ended. */
    void requireHeld(Lease lease) {
        if (!lease.held()) {
            throw refused();
        }
    }

    private ConnectorException refused() {
        return desk.failed(
                OPERATION, ErrorKind.REJECTED_LOCALLY, "somebody else is creating this record; ask again in a moment");
    }

    private void pause() {
        try {
            desk.runtime().time().sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(
                    "the caller was interrupted while it waited",
                    ErrorContext.of(desk.connection(), OPERATION, ErrorKind.CANCELLED),
                    e);
        }
    }
}
