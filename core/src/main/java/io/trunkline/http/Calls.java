package io.trunkline.http;

import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.resilience.Attempt;
import io.trunkline.resilience.BreakerChange;
import io.trunkline.resilience.CallListener;
import io.trunkline.resilience.CallOutcome;
import io.trunkline.resilience.HealthTracker;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Deadline;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Makes calls of one connection: the one owner of retries, between the deadline and the single attempts. */
final class Calls {

    private final HttpConnectionSettings settings;
    private final HttpStack stack;
    private final HealthTracker health;
    private final AttemptRunner attempts;
    private final CallGate gate;
    private final RetryDecision retries;
    private final CallListener listener;
    private final TimeSource time;
    private final Queue<BreakerChange> changes;

    Calls(CallParts parts, AttemptRunner attempts, CallGate gate, RetryDecision retries) {
        this.settings = parts.settings();
        this.stack = parts.stack();
        this.health = parts.health();
        this.changes = parts.changes();
        this.attempts = attempts;
        this.gate = gate;
        this.retries = retries;
        this.listener = stack.listener();
        this.time = stack.time();
    }

    /** Runs the call to its end and tells the listener how it ended. */
    <R> ApiResponse<R> run(CallPlan<R> plan) {
        CallProgress progress = new CallProgress(time.nanos());
        Callers.Caller caller = stack.callers().enter();
        try {
            ApiResponse<R> response = untilDone(plan, progress);
            tell(plan, progress, null);
            return response;
        } catch (ConnectorException e) {
            tell(plan, progress, e.kind());
            throw e;
        } finally {
            caller.close();
        }
    }

    private <R> ApiResponse<R> untilDone(CallPlan<R> plan, CallProgress progress) {
        while (true) {
            AttemptResult<R> result = attempt(plan, progress);
            if (result.succeeded()) {
                retries.succeeded(progress);
                return result.response();
            }
            AttemptFailure failure = result.failure();
            if (renewed(failure, progress)) {
                continue;
            }
            Optional<Duration> wait = retries.waitBeforeNext(plan, failure, progress);
            if (wait.isEmpty()) {
                throw told(plan, failure);
            }
            pause(plan, wait.get());
        }
    }

    /** The listener is told when the place of the call is free again, because it may take its time. */
    private <R> AttemptResult<R> attempt(CallPlan<R> plan, CallProgress progress) {
        try {
            return gate.pass(plan.lane(), plan.deadline(), () -> send(plan, progress));
        } catch (InterruptedException e) {
            throw cancelled(plan);
        } finally {
            tellChanges();
            progress.untold().ifPresent(listener::attempt);
        }
    }

    private void tellChanges() {
        for (BreakerChange change = changes.poll(); change != null; change = changes.poll()) {
            listener.breaker(change);
        }
    }

    private <R> AttemptResult<R> send(CallPlan<R> plan, CallProgress progress) {
        long start = time.nanos();
        URI endpoint = settings.endpoints().choose();
        OutgoingRequest request = attempts.prepare(plan, endpoint);
        progress.attempting(request);
        AttemptResult<R> result = attempts.run(plan, request, endpoint);
        progress.attempted(new Attempt(
                settings.connection(),
                plan.operation().name(),
                attempts.origin(endpoint),
                progress.attempts(),
                Duration.ofNanos(time.nanos() - start),
                result.succeeded()
                        ? Integer.valueOf(result.response().status())
                        : result.failure().status(),
                result.failureKind(),
                result.succeeded() || result.failure().sent()));
        return result;
    }

    private boolean renewed(AttemptFailure failure, CallProgress progress) {
        OutgoingRequest request = progress.request();
        return failure.kind() == ErrorKind.AUTHENTICATION
                && request != null
                && progress.firstRenewal()
                && settings.authorizer().refused(request);
    }

    private void pause(CallPlan<?> plan, Duration wait) {
        try {
            time.sleep(wait);
        } catch (InterruptedException e) {
            throw cancelled(plan);
        }
    }

    private ConnectorException told(CallPlan<?> plan, AttemptFailure failure) {
        if (failure.kind() == ErrorKind.CANCELLED) {
            Thread.currentThread().interrupt();
        }
        Effect effect = plan.effect();
        boolean ended = failure.kind() == ErrorKind.CANCELLED && stack.callers().closed();
        return Failures.of(
                ended ? "the library was closed while the call was under way" : failure.advice(effect),
                failure.context(settings.connection(), plan.operation().name(), effect)
                        .withRetryAt(retries.retryAt(failure)),
                failure.cause());
    }

    private ConnectorException cancelled(CallPlan<?> plan) {
        Thread.currentThread().interrupt();
        PlatformError error = PlatformError.of(ErrorKind.CANCELLED, "the caller was interrupted while it waited");
        return told(plan, new AttemptFailure(error, null, false, null));
    }

    private void tell(CallPlan<?> plan, CallProgress progress, @Nullable ErrorKind failure) {
        health.ended(failure);
        listener.outcome(new CallOutcome(
                settings.connection(),
                plan.operation().name(),
                progress.attempts(),
                Duration.ofNanos(time.nanos() - progress.startNanos()),
                failure,
                plan.lane()));
    }

    String connection() {
        return settings.connection();
    }

    Deadline deadline(CallOptions options) {
        return options.end(settings.timeout(options.lane()), time);
    }
}
