package io.trunkline.http;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.InvalidRequestException;
import io.trunkline.value.CallOptions;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** Sends requests that no interface describes, over the same way as all others. */
final class RawCalls implements RawApi {

    private static final Set<String> NEED_BODY = Set.of("POST", "PUT", "PATCH");

    private final String connection;
    private final Supplier<Calls> made;

    RawCalls(String connection, Supplier<Calls> calls) {
        this.connection = connection;
        this.made = calls;
    }

    @Override
    public RawResponse send(RawRequest request, CallOptions options) {
        Calls calls = made.get();
        Operation operation = new Operation("raw." + request.method(), effect(request.method()), "");
        ApiResponse<byte[]> answer = calls.run(new CallPlan<>(
                operation,
                template(request),
                BodyReaders.BYTES,
                calls.deadline(options),
                options.lane(),
                PreparedCall.headers(operation, options)));
        return new RawResponse(answer.status(), answer.headers(), answer.body());
    }

    private static Effect effect(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS" -> Effect.SAFE;
            case "PUT", "DELETE" -> Effect.IDEMPOTENT;
            default -> Effect.ONCE;
        };
    }

    private Request template(RawRequest request) {
        try {
            HttpUrl base = HttpUrl.get(RequestTarget.PLACEHOLDER);
            HttpUrl.Builder url =
                    Objects.requireNonNull(base.resolve(request.path())).newBuilder();
            request.query().forEach(url::addQueryParameter);
            Request.Builder builder = new Request.Builder().url(url.build());
            request.headers().forEach(builder::header);
            return builder.method(request.method(), body(request)).build();
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new InvalidRequestException(
                    "method or path cannot be sent; nothing was sent",
                    ErrorContext.of(connection, "raw." + request.method(), ErrorKind.INVALID_REQUEST),
                    null);
        }
    }

    private static @Nullable RequestBody body(RawRequest request) {
        byte[] bytes = request.body();
        if (bytes != null) {
            return RequestBody.create(bytes, MediaType.get(request.contentType()));
        }
        return NEED_BODY.contains(request.method()) ? RequestBody.create(new byte[0], null) : null;
    }
}
