package io.trunkline.messaging.durable;

import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.messaging.RejectReason;
import io.trunkline.messaging.SendOutcome;

/** Outcomes of sends as the failures by which the outbox decides what to do next. */
final class Outcomes {

    private Outcomes() {}

    /** The failure that an outcome is, where the message was not accepted. */
    static ConnectorException failure(SendOutcome outcome, String connection, String operation) {
        if (outcome instanceof SendOutcome.Rejected rejected) {
            ErrorContext context = ErrorContext.of(connection, operation, kind(rejected.reason()))
                    .withPlatformCode(rejected.platformCode().isEmpty() ? null : rejected.platformCode());
            return Failures.of(rejected.reason() + ", " + rejected.advice(), context);
        }
        String cause = outcome instanceof SendOutcome.Unknown unknown ? unknown.cause() : "no outcome was told";
        return Failures.of(cause, ErrorContext.of(connection, operation, ErrorKind.OUTCOME_UNKNOWN));
    }

    static ErrorKind kind(RejectReason reason) {
        return switch (reason) {
            case UNAVAILABLE -> ErrorKind.UNAVAILABLE;
            case RATE_LIMITED -> ErrorKind.RATE_LIMITED;
            case CREDENTIAL -> ErrorKind.AUTHENTICATION;
            case INSUFFICIENT_FUNDS -> ErrorKind.QUOTA_EXHAUSTED;
            case INVALID_ADDRESS, OPTED_OUT, BLOCKED, INVALID_SENDER, TEMPLATE, WINDOW_CLOSED, CONTENT, OTHER ->
                ErrorKind.INVALID_REQUEST;
        };
    }
}
