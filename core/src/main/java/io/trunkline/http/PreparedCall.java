package io.trunkline.http;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.InvalidRequestException;
import io.trunkline.value.CallOptions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.Request;
import retrofit2.Call;

/** A call whose request Retrofit builds when it is executed. */
final class PreparedCall<R> implements ApiCall<R> {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Operation operation;
    private final Call<?> call;
    private final BodyReader<R> reader;
    private final Calls calls;

    PreparedCall(Operation operation, Call<?> call, BodyReader<R> reader, Calls calls) {
        this.operation = operation;
        this.call = call;
        this.reader = reader;
        this.calls = calls;
    }

    @Override
    public ApiResponse<R> exchange(CallOptions options) {
        return calls.run(new CallPlan<>(
                operation, template(), reader, calls.deadline(options), options.lane(), headers(operation, options)));
    }

    /** The text of what Retrofit and OkHttp throw may repeat the value, so neither it nor the exception is kept. */
    private Request template() {
        try {
            return call.clone().request();
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(
                    "a value of the request has characters that cannot be sent; nothing was sent",
                    ErrorContext.of(calls.connection(), operation.name(), ErrorKind.INVALID_REQUEST),
                    null);
        }
    }

    static Map<String, String> headers(Operation operation, CallOptions options) {
        if (operation.keyHeader().isEmpty() && options.trace().isEmpty()) {
            return Map.of();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        if (!operation.keyHeader().isEmpty()) {
            headers.put(operation.keyHeader(), options.idempotencyKey().orElseGet(PreparedCall::freshKey));
        }
        options.trace().ifPresent(trace -> headers.put("traceparent", trace.traceparent()));
        return headers;
    }

    private static String freshKey() {
        byte[] key = new byte[16];
        RANDOM.nextBytes(key);
        return HexFormat.of().formatHex(key);
    }
}
