package io.trunkline.crm.salesforce;

import io.trunkline.error.CancelledException;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.store.Lease;
import io.trunkline.value.Deadline;
import java.time.Duration;
import java.util.Optional;

/** Lets one caller open a call at a time; the others wait for it within their own time. */
final class SalesforceCallLease {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final SalesforceOrg org;
    private final Deadline deadline;

    SalesforceCallLease(SalesforceOrg org, Deadline deadline) {
        this.org = org;
        this.deadline = deadline;
    }

    /** The lease of an interaction; it lasts longer than its holder's calls can. */
    Lease acquire(String interactionId) {
        String name = "call-log:" + org.connection() + ":" + interactionId;
        while (true) {
            Optional<Lease> lease = org.runtime()
                    .store()
                    .leases()
                    .acquire(name, deadline.remaining().plus(MARGIN));
            if (lease.isPresent()) {
                return lease.get();
            }
            if (deadline.remaining().compareTo(PAUSE) <= 0) {
                throw refused(org);
            }
            pause();
        }
    }

    static ConnectorException refused(SalesforceOrg org) {
        return Failures.of(
                "somebody else is opening this call; ask again in a moment",
                ErrorContext.of(org.connection(), "salesforce.open-call", ErrorKind.REJECTED_LOCALLY));
    }

    private void pause() {
        try {
            org.runtime().time().sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(
                    "the caller was interrupted while it waited",
                    ErrorContext.of(org.connection(), "salesforce.open-call", ErrorKind.CANCELLED),
                    e);
        }
    }
}
