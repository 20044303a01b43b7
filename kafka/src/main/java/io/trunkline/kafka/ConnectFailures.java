package io.trunkline.kafka;

import io.trunkline.error.ConnectorException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.privacy.Masking;
import io.trunkline.store.StoreException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;

/** Failures in Connect's words: those that pass let the task go on, all others end it for a person to look at. */
final class ConnectFailures {

    private ConnectFailures() {}

    static ConnectException of(Throwable failure) {
        if (failure instanceof ConnectException known) {
            return known;
        }
        if (failure instanceof RetryLaterException || failure instanceof StoreException) {
            return new RetriableException(String.valueOf(failure.getMessage()), failure);
        }
        if (failure instanceof ConnectorException) {
            return new ConnectException(String.valueOf(failure.getMessage()), failure);
        }
        // Connect shows messages of failures to whoever may see the connector, and this one is not of our making.
        ConnectException masked = new ConnectException(
                failure.getClass().getSimpleName() + ": " + Masking.mask("" + failure.getMessage()));
        masked.setStackTrace(failure.getStackTrace());
        return masked;
    }
}
