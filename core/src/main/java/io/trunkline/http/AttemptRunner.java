package io.trunkline.http;

import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.resilience.RateLimiter;
import io.trunkline.resilience.RetryAfter;
import io.trunkline.value.Deadline;
import io.trunkline.value.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** Sends one request once and makes an answer or a failure of what comes back. */
final class AttemptRunner {

    private static final long ERROR_BODY_BYTES = 64 << 10;

    private final Supplier<OkHttpClient> client;
    private final HttpConnectionSettings settings;
    private final RequestTarget target;
    private final HttpStack stack;
    private final RateLimiter rate;
    private final TimeSource time;

    AttemptRunner(Supplier<OkHttpClient> client, HttpConnectionSettings settings, HttpStack stack, RateLimiter rate) {
        this.client = client;
        this.settings = settings;
        this.target = new RequestTarget(settings.connection(), settings.endpoints());
        this.stack = stack;
        this.time = stack.time();
        this.rate = rate;
    }

    URI origin(URI endpoint) {
        return target.origin(endpoint);
    }

    /** The request as one attempt sends it: real address, headers of the call, credential. */
    OutgoingRequest prepare(CallPlan<?> plan, URI endpoint) {
        Request template = plan.template();
        Request.Builder request = template.newBuilder()
                .url(target.resolve(template.url(), endpoint, plan.operation().name()));
        OutgoingRequest outgoing = new OutgoingRequest(request, plan.operation().name(), plan.deadline());
        plan.headers().forEach(outgoing::header);
        settings.authorizer().authorize(outgoing);
        return outgoing;
    }

    <R> AttemptResult<R> run(CallPlan<R> plan, OutgoingRequest outgoing, URI endpoint) {
        AttemptState state = new AttemptState(plan.deadline(), stack.interrupts());
        Call call = client.get().newCall(outgoing.finished(state));
        call.timeout().timeout(Math.max(1, allowed(plan.deadline()).toNanos()), TimeUnit.NANOSECONDS);
        state.begin(call);
        try {
            AttemptResult<R> result = answered(plan, call.execute(), state);
            judge(endpoint, result);
            return result;
        } catch (IOException | MalformedDataException e) {
            state.noteInterruption();
            AttemptResult<R> result = AttemptResult.failed(TransportErrors.of(e, state));
            judge(endpoint, result);
            return result;
        } finally {
            state.end();
        }
    }

    /** An address is left out for a while if it cannot be reached, hangs, or stands before a system that is down. */
    private void judge(URI endpoint, AttemptResult<?> result) {
        ErrorKind kind = result.failureKind();
        if (kind == ErrorKind.TRANSPORT || kind == ErrorKind.TIMEOUT || kind == ErrorKind.UNAVAILABLE) {
            settings.endpoints().failed(endpoint);
        } else if (kind != ErrorKind.CANCELLED) {
            settings.endpoints().answered(endpoint);
        }
    }

    private Duration allowed(Deadline deadline) {
        Duration remaining = deadline.remaining();
        return settings.attemptTimeout()
                .filter(limit -> limit.compareTo(remaining) < 0)
                .orElse(remaining);
    }

    private <R> AttemptResult<R> answered(CallPlan<R> plan, Response response, AttemptState state) throws IOException {
        boolean handedOver = false;
        try {
            HttpHeaders headers = new HttpHeaders(response.headers());
            settings.rateReader().read(headers, time.now()).ifPresent(this::observe);
            if (!response.isSuccessful()) {
                return AttemptResult.failed(failure(plan, response, headers, state));
            }
            R body = plan.reader().read(response, new BodyLimit(plan.mostBytes(), state));
            handedOver = plan.reader().keepsOpen();
            Optional<PlatformError> inside = inside(body, headers);
            return inside.isPresent()
                    ? AttemptResult.failed(new AttemptFailure(inside.get(), response.code(), true, null))
                    : AttemptResult.succeeded(new ApiResponse<>(response.code(), headers, body));
        } finally {
            if (!handedOver) {
                response.close();
            }
        }
    }

    private void observe(RateWindow window) {
        rate.observed(window.remaining(), window.resetAt());
    }

    private AttemptFailure failure(CallPlan<?> plan, Response response, HttpHeaders headers, AttemptState state)
            throws IOException {
        byte[] body = head(response.body());
        ErrorResponse answer = new ErrorResponse(plan.operation().name(), response.code(), headers, body);
        PlatformError error = Redirects.foreign(response).orElseGet(() -> decode(answer));
        if (error.retryAfter() == null) {
            error = error.withRetryAfter(RetryAfter.parse(
                            headers.all(RetryAfterShield.REAL),
                            headers.first("Date").orElse(null),
                            time.now())
                    .orElse(null));
        }
        return new AttemptFailure(error, response.code(), state.sent(), null);
    }

    private PlatformError decode(ErrorResponse answer) {
        try {
            return settings.errors().decode(answer);
        } catch (ConnectorException e) {
            throw e;
        } catch (RuntimeException e) {
            return StatusErrors.of(answer.status());
        }
    }

    private Optional<PlatformError> inside(Object body, HttpHeaders headers) {
        try {
            return settings.errors().inside(body, headers);
        } catch (ConnectorException e) {
            throw e;
        } catch (RuntimeException e) {
            return Optional.of(PlatformError.of(ErrorKind.PROTOCOL, "the connector cannot read what was answered"));
        }
    }

    private static byte[] head(ResponseBody body) throws IOException {
        body.source().request(ERROR_BODY_BYTES);
        long kept = Math.min(ERROR_BODY_BYTES, body.source().getBuffer().size());
        return body.source().readByteArray(kept);
    }
}
