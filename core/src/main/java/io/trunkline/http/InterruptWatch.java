package io.trunkline.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;

/**
 * Cancels the call of a thread that is interrupted: a blocking read of a socket does not notice by itself. One thread
 * looks at all calls under way, and runs only while there are any.
 */
final class InterruptWatch {

    private static final long EVERY_MILLIS = 25;

    private final Map<Thread, Watched> watched = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor thread;
    private boolean scheduled;

    private record Watched(Call call, AttemptState state) {}

    InterruptWatch() {
        thread = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("interrupts"));
        thread.setKeepAliveTime(5, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void enter(Call call, AttemptState state) {
        Watched entered = new Watched(call, state);
        watched.put(Thread.currentThread(), entered);
        if (thread.isShutdown()) {
            cancel(entered);
        }
        schedule();
    }

    void leave() {
        watched.remove(Thread.currentThread());
    }

    void close() {
        thread.shutdownNow();
        watched.values().forEach(InterruptWatch::cancel);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for a look; looking does not throw.
    private synchronized void schedule() {
        if (!scheduled && !thread.isShutdown()) {
            scheduled = true;
            thread.schedule(this::look, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        watched.forEach((caller, call) -> {
            if (caller.isInterrupted()) {
                cancel(call);
            }
        });
        again();
    }

    private synchronized void again() {
        scheduled = false;
        if (!watched.isEmpty()) {
            schedule();
        }
    }

    private static void cancel(Watched call) {
        call.state().markInterrupted();
        call.call().cancel();
    }
}
