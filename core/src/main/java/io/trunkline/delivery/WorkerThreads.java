package io.trunkline.delivery;

import io.trunkline.privacy.MaskedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Threads that keep a {@link QueueWorker} going: woken when something is stored, and every second for what has become
 * due. Work on different entities runs side by side.
 */
public final class WorkerThreads implements AutoCloseable {

    private static final MaskedLog LOG = MaskedLog.of(WorkerThreads.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final int KEEPING_SECONDS = 60;

    private final QueueWorker worker;
    private final Semaphore news = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    private WorkerThreads(QueueWorker worker) {
        this.worker = worker;
    }

    /**
     * Starts the threads, daemons all.
     *
     * @param name what the threads are called
     */
    public static WorkerThreads start(QueueWorker worker, String name, int threads) {
        WorkerThreads started = new WorkerThreads(worker);
        for (int i = 0; i < threads; i++) {
            started.add(name + "-" + i, started::work);
        }
        started.add(name + "-keeper", started::keep);
        started.threads.forEach(Thread::start);
        return started;
    }

    /** Something was stored. */
    public void wake() {
        if (news.availablePermits() < threads.size()) {
            news.release();
        }
    }

    /** Stops the threads; what is not finished within 5 seconds is interrupted and done again later. */
    @Override
    public void close() {
        closed = true;
        news.release(threads.size());
        long end = System.nanoTime() + CLOSING.toNanos();
        threads.get(threads.size() - 1).interrupt();
        for (Thread thread : threads) {
            if (thread == Thread.currentThread()) {
                continue; // Work that closes its own threads cannot be waited for.
            }
            try {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread.interrupt();
        }
    }

    private void add(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        threads.add(thread);
    }

    private void work() {
        while (!closed && !Thread.currentThread().isInterrupted()) {
            try {
                // Whoever found work looks again at once; the others wait for news, or a second for what is due.
                if (worker.work() == 0 && news.tryAcquire(1, TimeUnit.SECONDS) && closed) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Throwable e) {
                LOG.warn("a queue cannot be read ({}); trying on", e.getClass());
                pause(1);
            }
        }
    }

    private void keep() {
        while (!closed && !Thread.currentThread().isInterrupted()) {
            pause(KEEPING_SECONDS);
            try {
                worker.keepItems();
            } catch (RuntimeException e) {
                LOG.warn("items in work cannot be held ({}); trying on", e.getClass());
            }
        }
    }

    private static void pause(int seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
