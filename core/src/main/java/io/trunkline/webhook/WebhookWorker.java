package io.trunkline.webhook;

import io.trunkline.privacy.MaskedLog;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Threads that keep a {@link WebhookDispatcher} going: woken when something is stored, and every second for what has
 * become due. Handlers of different entities run side by side.
 */
public final class WebhookWorker implements AutoCloseable {

    private static final MaskedLog LOG = MaskedLog.of(WebhookWorker.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final WebhookDispatcher dispatcher;
    private final Semaphore news = new Semaphore(0);
    private final Thread[] threads;
    private volatile boolean closed;

    private WebhookWorker(WebhookDispatcher dispatcher, int threadCount) {
        this.dispatcher = dispatcher;
        this.threads = new Thread[threadCount];
    }

    /** Starts the threads, daemons all. */
    public static WebhookWorker start(WebhookDispatcher dispatcher, int threads) {
        WebhookWorker worker = new WebhookWorker(dispatcher, threads);
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(worker::work, "trunkline-webhooks-" + i);
            thread.setDaemon(true);
            worker.threads[i] = thread;
            thread.start();
        }
        return worker;
    }

    /** Something was stored: what {@link WebhookReceiver} calls. */
    public void wake() {
        if (news.availablePermits() < threads.length) {
            news.release();
        }
    }

    /** Stops the threads; what a handler has not finished within 5 seconds is interrupted and handed over again later. */
    @Override
    public void close() {
        closed = true;
        news.release(threads.length);
        long end = System.nanoTime() + CLOSING.toNanos();
        for (Thread thread : threads) {
            if (thread == Thread.currentThread()) {
                continue; // A handler that closes the worker cannot be waited for.
            }
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread.interrupt();
        }
    }

    private void work() {
        while (!closed && !Thread.currentThread().isInterrupted()) {
            try {
                // Whoever found work looks again at once; whoever found none waits for news, or a second for what is
                // due.
                if (dispatcher.dispatch() == 0 && news.tryAcquire(1, TimeUnit.SECONDS) && closed) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Throwable e) {
                LOG.warn("the store of webhooks cannot be read ({}); trying on", e.getClass());
                pause();
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
