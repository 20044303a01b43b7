package io.trunkline.kafka;

import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Kafka's failures in the library's words. */
final class KafkaFailures {

    private KafkaFailures() {}

    /** What really happened. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapped = failure instanceof ExecutionException
                || failure.getClass().equals(org.apache.kafka.common.KafkaException.class);
        return wrapped && cause != null ? cause(cause) : failure;
    }

    /** Whether the topic will never take the message. */
    static boolean neverTaken(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof RecordTooLargeException
                || cause instanceof RecordBatchTooLargeException
                || cause instanceof InvalidRecordException;
    }

    static ConnectorException of(String operation, Throwable failure) {
        Throwable cause = cause(failure);
        ErrorKind kind = kind(cause);
        if (kind == ErrorKind.CANCELLED) {
            Thread.currentThread().interrupt();
        }
        return Failures.of(
                "Kafka did not take it: " + cause.getClass().getSimpleName() + ": " + cause.getMessage(),
                ErrorContext.of("kafka", operation, kind),
                cause);
    }

    private static ErrorKind kind(Throwable cause) {
        if (cause instanceof AuthenticationException) {
            return ErrorKind.AUTHENTICATION;
        }
        if (cause instanceof AuthorizationException) {
            return ErrorKind.PERMISSION;
        }
        if (cause instanceof ProducerFencedException
                || cause instanceof InvalidProducerEpochException
                || cause instanceof FencedInstanceIdException) {
            return ErrorKind.CONFLICT;
        }
        if (cause instanceof InterruptException || cause instanceof InterruptedException) {
            return ErrorKind.CANCELLED;
        }
        if (cause instanceof ConfigException || cause instanceof InvalidTopicException) {
            return ErrorKind.CONFIGURATION;
        }
        return neverTaken(cause) ? ErrorKind.INVALID_REQUEST : ErrorKind.UNAVAILABLE;
    }
}
