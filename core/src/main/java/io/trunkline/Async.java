package io.trunkline;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Any call, on another thread. The library's methods wait for their answer; this gives a {@link CompletableFuture} of it,
 * and cancelling the future interrupts the call, which the library answers at once.
 */
public final class Async {

    private final Executor executor;

    private Async(Executor executor) {
        this.executor = executor;
    }

    /** Calls on the threads of an executor, which stays the application's to close. */
    public static Async on(Executor executor) {
        return new Async(executor);
    }

    /** Runs the call; an error of the call is the future's, and so is the executor's refusal. */
    @SuppressWarnings("FutureReturnValueIgnored") // The dependent future is only there to pass the cancelling on.
    public <T> CompletableFuture<T> call(Supplier<T> call) {
        CompletableFuture<T> future = new CompletableFuture<>();
        FutureTask<Boolean> task = new FutureTask<>(() -> complete(future, call));
        future.whenComplete((value, error) -> {
            if (future.isCancelled()) {
                task.cancel(true);
            }
        });
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            future.completeExceptionally(Failures.of(
                    "the executor takes no more calls; nothing was sent",
                    ErrorContext.of("trunkline", "async", ErrorKind.REJECTED_LOCALLY),
                    e));
        }
        return future;
    }

    private static <T> boolean complete(CompletableFuture<T> future, Supplier<T> call) {
        try {
            return future.complete(call.get());
        } catch (RuntimeException | Error e) {
            return future.completeExceptionally(e);
        }
    }
}
