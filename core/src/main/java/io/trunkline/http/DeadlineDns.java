package io.trunkline.http;

import io.trunkline.value.Deadline;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/**
 * Resolves names on a few threads of its own, because the platform's resolver cannot be interrupted: a name server that
 * hangs costs a caller no more than its deadline. The threads end when idle.
 */
final class DeadlineDns implements Dns {

    private static final int THREADS = 4;
    private static final int WAITING = 64;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Dns resolver;
    private final ThreadPoolExecutor threads;
    private static final ThreadLocal<Deadline> DEADLINE = new ThreadLocal<>();

    DeadlineDns(Dns resolver) {
        this.resolver = resolver;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), DaemonThreads.named("dns"));
        threads.allowCoreThreadTimeOut(true);
    }

    void enter(Deadline value) {
        DEADLINE.set(value);
    }

    @Override
    public List<InetAddress> lookup(String hostname) throws UnknownHostException {
        Duration allowed = allowed();
        try {
            Future<List<InetAddress>> answer = threads.submit(() -> resolver.lookup(hostname));
            return wait(answer, allowed);
        } catch (RejectedExecutionException e) {
            throw new UnknownHostException("too many name look-ups are waiting");
        }
    }

    void close() {
        threads.shutdownNow();
    }

    private Duration allowed() {
        Deadline current = DEADLINE.get();
        DEADLINE.remove();
        Duration remaining = current == null ? LONGEST : current.remaining();
        return remaining.compareTo(LONGEST) < 0 ? remaining : LONGEST;
    }

    private static List<InetAddress> wait(Future<List<InetAddress>> answer, Duration allowed)
            throws UnknownHostException {
        try {
            return answer.get(allowed.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new UnknownHostException("the name server did not answer in time");
        } catch (ExecutionException e) {
            throw new UnknownHostException("the host name is not known");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException("interrupted while resolving a host name");
        }
    }
}
