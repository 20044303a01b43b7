package io.trunkline.error;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The data of a failure: where it happened and what the platform said, without secrets and personal data. Immutable.
 */
public final class ErrorContext {

    private final String connection;
    private final String operation;
    private final ErrorKind kind;
    private @Nullable Integer status;
    private @Nullable String platformCode;
    private @Nullable String requestId;
    private @Nullable Instant retryAt;

    private ErrorContext(String connection, String operation, ErrorKind kind) {
        this.connection = connection;
        this.operation = operation;
        this.kind = kind;
    }

    /**
     * The least that is known of any failure.
     *
     * @param connection the connection's name
     * @param operation what was attempted, such as {@code contacts.get}
     * @param kind what it was
     */
    public static ErrorContext of(String connection, String operation, ErrorKind kind) {
        return new ErrorContext(connection, operation, kind);
    }

    /** A copy with the HTTP status. */
    public ErrorContext withStatus(int value) {
        ErrorContext copy = copy(kind);
        copy.status = value;
        return copy;
    }

    /** A copy with the platform's own code, such as {@code INVALID_FIELD}; longer than 100 characters is cut. */
    public ErrorContext withPlatformCode(@Nullable String value) {
        ErrorContext copy = copy(kind);
        copy.platformCode = printable(value);
        return copy;
    }

    /** A copy with the id that the platform's support asks for; longer than 100 characters is cut. */
    public ErrorContext withRequestId(@Nullable String value) {
        ErrorContext copy = copy(kind);
        copy.requestId = printable(value);
        return copy;
    }

    /** A copy with the time before which another attempt is useless. */
    public ErrorContext withRetryAt(@Nullable Instant value) {
        ErrorContext copy = copy(kind);
        copy.retryAt = value;
        return copy;
    }

    /** A copy of another kind. */
    public ErrorContext withKind(ErrorKind value) {
        return copy(value);
    }

    /** The connection's name. */
    public String connection() {
        return connection;
    }

    /** What was attempted, such as {@code contacts.get}. */
    public String operation() {
        return operation;
    }

    /** What it was. */
    public ErrorKind kind() {
        return kind;
    }

    /** The HTTP status, if there was an answer. */
    public Optional<Integer> status() {
        return Optional.ofNullable(status);
    }

    /** The platform's own code, if it gave one. */
    public Optional<String> platformCode() {
        return Optional.ofNullable(platformCode);
    }

    /** The id that the platform's support asks for, if it gave one. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** The time before which another attempt is useless, if the platform said. */
    public Optional<Instant> retryAt() {
        return Optional.ofNullable(retryAt);
    }

    private ErrorContext copy(ErrorKind newKind) {
        ErrorContext copy = new ErrorContext(connection, operation, newKind);
        copy.status = status;
        copy.platformCode = platformCode;
        copy.requestId = requestId;
        copy.retryAt = retryAt;
        return copy;
    }

    private static @Nullable String printable(@Nullable String value) {
        if (value == null) {
            return null;
        }
        String oneLine = value.replaceAll("[^\\x21-\\x7e ]", "?");
        return oneLine.length() > 100 ? oneLine.substring(0, 100) : oneLine;
    }
}
