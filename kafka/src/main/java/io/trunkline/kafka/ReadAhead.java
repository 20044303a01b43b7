package io.trunkline.kafka;

import io.trunkline.kafka.FeedReader.SlicePage;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads on a thread of its own, one page ahead of who takes them. A call to a platform may take minutes, and Connect can
 * end a task only between two of its polls.
 */
final class ReadAhead implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final FeedReader reader;
    private final TimeSource time;
    private final BlockingQueue<Reading> readings = new ArrayBlockingQueue<>(1);
    private final Thread thread;
    private volatile boolean closed;

    private ReadAhead(FeedReader reader, TimeSource time) {
        this.reader = reader;
        this.time = time;
        this.thread = new Thread(this::work, "trunkline-feed");
        thread.setDaemon(true);
    }

    /** What one reading came to: a page or a failure. */
    private record Reading(
            @Nullable SlicePage page, @Nullable Throwable failure) {}

    static ReadAhead start(FeedReader reader, TimeSource time) {
        ReadAhead started = new ReadAhead(reader, time);
        started.thread.start();
        return started;
    }

    /**
     * The next page, waited for at most so long.
     *
     * @throws RuntimeException as {@link ConnectFailures} makes it of what went wrong
     */
    Optional<SlicePage> take(Duration atMost) throws InterruptedException {
        Reading reading = readings.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (reading == null || closed) {
            return Optional.empty();
        }
        if (reading.failure() != null) {
            throw ConnectFailures.of(reading.failure());
        }
        return Optional.ofNullable(reading.page());
    }

    /** Ends the call that is under way, and the thread. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Whatever ends a reading, Connect must hear of it, or the task would seem to run and do nothing.
    private void work() {
        try {
            while (!closed) {
                try {
                    Optional<SlicePage> page = reader.read().filter(SlicePage::news);
                    if (page.isPresent()) {
                        readings.put(new Reading(page.get(), null));
                    } else {
                        time.sleep(reader.pause());
                    }
                } catch (InterruptedException e) {
                    return;
                } catch (Throwable e) {
                    readings.put(new Reading(null, e));
                }
            }
        } catch (InterruptedException e) {
            // Closed: nobody takes what was read any more.
        }
    }
}
