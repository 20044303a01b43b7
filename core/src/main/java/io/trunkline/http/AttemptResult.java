package io.trunkline.http;

import io.trunkline.error.ErrorKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attempt's end: an answer or a failure.
 *
 * @param <R> the body's type
 */
final class AttemptResult<R> {

    private final @Nullable ApiResponse<R> response;
    private final @Nullable AttemptFailure failure;

    private AttemptResult(@Nullable ApiResponse<R> response, @Nullable AttemptFailure failure) {
        this.response = response;
        this.failure = failure;
    }

    static <R> AttemptResult<R> succeeded(ApiResponse<R> response) {
        return new AttemptResult<>(response, null);
    }

    static <R> AttemptResult<R> failed(AttemptFailure failure) {
        return new AttemptResult<>(null, failure);
    }

    boolean succeeded() {
        return response != null;
    }

    ApiResponse<R> response() {
        return Objects.requireNonNull(response);
    }

    AttemptFailure failure() {
        return Objects.requireNonNull(failure);
    }

    @Nullable
    ErrorKind failureKind() {
        return failure == null ? null : failure.kind();
    }
}
