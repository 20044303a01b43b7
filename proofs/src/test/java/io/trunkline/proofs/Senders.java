package io.trunkline.proofs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * A platform's webhooks: each thread sends the events of its own entities in order, three a request, and again until they
 * are acknowledged. Knows what was.
 */
final class Senders implements AutoCloseable {

    static final int THREADS = 4;
    private static final int TOGETHER = 3;
    private static final int PADDING = 200;
    private static final int PATIENCE_MILLIS = 20;

    final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    final AtomicInteger repeated = new AtomicInteger();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Semaphore allowance = new Semaphore(0);
    private final CountDownLatch done = new CountDownLatch(THREADS);
    private final List<Thread> threads = new ArrayList<>();
    private final Notes notes;
    private final IntConsumer acknowledging;
    private URI address;

    /**
     * Begins to send, as soon as it is allowed and there is an address.
     *
     * @param requests how many each thread sends
     * @param acknowledging told how many events were acknowledged at once
     */
    Senders(Notes notes, int requests, IntConsumer acknowledging) {
        this.notes = notes;
        this.acknowledging = acknowledging;
        for (int number = 0; number < THREADS; number++) {
            int own = number;
            Thread thread = new Thread(() -> send(own, requests), "sender-" + number);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    static int requests(int events) {
        return Math.max(1, events / THREADS / TOGETHER);
    }

    /** How many events a number of requests of each thread are. */
    static int events(int requests) {
        return requests * THREADS * TOGETHER;
    }

    void allow(int requests) {
        allowance.release(requests);
    }

    synchronized void address(URI now) {
        address = now;
        notifyAll();
    }

    boolean awaitDone(Duration patience) throws InterruptedException {
        return done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    private void send(int own, int requests) {
        try {
            for (int request = 0; request < requests; request++) {
                allowance.acquire();
                List<String> lines = new ArrayList<>();
                for (int entity = 0; entity < TOGETHER; entity++) {
                    lines.add("e" + own + "x" + (request * TOGETHER + entity) % 10 + " " + request + " "
                            + "x".repeat(PADDING));
                }
                untilAcknowledged(String.join("\n", lines));
                lines.forEach(line -> acknowledged.add(Notes.id(line)));
                acknowledging.accept(lines.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            done.countDown();
        }
    }

    private void untilAcknowledged(String body) throws InterruptedException {
        URI used = target(null);
        while (!accepted(used, body)) {
            repeated.incrementAndGet();
            used = target(used);
        }
    }

    private boolean accepted(URI target, String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(Duration.ofSeconds(10))
                .header(Notes.SIGNATURE, notes.signature(body))
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where to send to: at best another address than the one that did not answer. */
    private synchronized URI target(URI used) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (address == null || (address.equals(used) && System.nanoTime() < until)) {
            wait(PATIENCE_MILLIS);
        }
        return address;
    }
}
