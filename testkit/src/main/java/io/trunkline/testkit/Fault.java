package io.trunkline.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;

/**
 * Something that goes wrong with one answer. Faults that stand before the platform's own work say so: there the request
 * has no effect.
 */
public final class Fault {

    private final boolean beforeWork;
    private final UnaryOperator<MockResponse> change;

    private Fault(boolean beforeWork, UnaryOperator<MockResponse> change) {
        this.beforeWork = beforeWork;
        this.change = change;
    }

    /** Nothing goes wrong: a pause in a script. */
    public static Fault none() {
        return new Fault(false, answer -> answer);
    }

    /** The platform works, and its answer comes late. */
    public static Fault delay(Duration time) {
        return new Fault(
                false,
                answer -> answer.newBuilder()
                        .headersDelay(time.toMillis(), TimeUnit.MILLISECONDS)
                        .build());
    }

    /** The platform works, and its answer comes byte by byte. */
    public static Fault drip(Duration everyByte) {
        return new Fault(
                false,
                answer -> answer.newBuilder()
                        .throttleBody(1, everyByte.toMillis(), TimeUnit.MILLISECONDS)
                        .build());
    }

    /** The platform works, and the connection ends in the middle of its answer. */
    public static Fault cut() {
        return new Fault(
                false,
                answer -> answer.newBuilder()
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build());
    }

    /** The platform works, and the connection ends before its answer. */
    public static Fault reset() {
        return new Fault(
                false,
                answer -> answer.newBuilder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());
    }

    /** The platform never answers. */
    public static Fault silence() {
        return new Fault(
                true,
                answer -> answer.newBuilder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build());
    }

    /**
     * The platform refuses before it works: 429 with a {@code Retry-After} header for each value, none without values.
     * {@link RetryAfterForm} has the forms that are met with.
     */
    public static Fault throttled(String... retryAfter) {
        MockResponse.Builder refusal = new MockResponse.Builder().code(429);
        for (String value : retryAfter) {
            refusal.addHeader("Retry-After", value);
        }
        MockResponse built = refusal.build();
        return new Fault(true, answer -> built);
    }

    /** Something in front of the platform refuses with a status and no body that anybody documents. */
    public static Fault status(int status) {
        MockResponse built = new MockResponse.Builder().code(status).build();
        return new Fault(true, answer -> built);
    }

    /** The platform, or something in front of it, refuses before it works, with a body. */
    public static Fault answer(int status, String contentType, String body) {
        MockResponse built = new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", contentType)
                .body(body)
                .build();
        return new Fault(true, answer -> built);
    }

    /** A page for people with status 200, as a proxy or a log-in wall sends it. */
    public static Fault webPage() {
        MockResponse built = new MockResponse.Builder()
                .addHeader("Content-Type", "text/html; charset=utf-8")
                .body("<!doctype html><html><body>Please sign in</body></html>")
                .build();
        return new Fault(true, answer -> built);
    }

    boolean beforeWork() {
        return beforeWork;
    }

    MockResponse on(MockResponse answer) {
        return change.apply(answer);
    }
}
