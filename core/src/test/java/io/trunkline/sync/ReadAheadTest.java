package io.trunkline.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.connector.Capability;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.Store;
import io.trunkline.sync.SyncReport.State;
import io.trunkline.value.CallOptions;
import io.trunkline.value.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A page that is read before its turn changes nothing but the time. */
@Timeout(60)
final class ReadAheadTest {

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final ListFeed records = new ListFeed(clock.now());
    private final MemorySink.Table table = new MemorySink.Table();
    private final SyncRunner runner = new SyncRunner(Store.inMemory(time), time);
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        thread.shutdownNow();
    }

    @Test
    void run_whileAPageIsWritten_theNextIsRead() {
        fill(10);
        CountDownLatch second = new CountDownLatch(2);
        SyncJob job = SyncJob.named("contacts")
                .from(new WatchedFeed(records, number -> second.countDown()), ListFeed.TYPE)
                .batch(5)
                .readAhead(thread)
                .into(() -> new WaitingSink(new MemorySink(table, true), second));

        SyncReport report = runner.run(job);

        assertEquals(State.COMPLETED, report.state(), report.problem());
        assertEquals(records.records, table.rows);
    }

    @Test
    void X47_runThatDiesAtAnyWrite_isGoneOnWithFromItsCheckpoint() {
        fill(40);
        SyncJob job = job(records).into(() -> new MemorySink(table, true));
        for (int write = 1; write <= 8; write++) {
            for (boolean after : List.of(true, false)) {
                table.rows.clear();
                table.batches.clear();
                table.failBefore = after ? -1 : write;
                table.failAfter = after ? write : -1;
                runner.restart("contacts");

                SyncReport failed = runner.run(job);
                SyncReport resumed = runner.run(job);

                assertEquals(State.FAILED, failed.state());
                assertEquals(State.COMPLETED, resumed.state(), resumed.problem());
                assertEquals(records.records, table.rows);
                assertTrue(table.batches.size() <= 8 + 2, "pages were read again: " + table.batches.size());
            }
        }
    }

    @Test
    void run_pageThatCannotBeRead_comesAfterThePageBeforeItIsSafe() {
        fill(20);
        SyncJob job = job(new WatchedFeed(records, ReadAheadTest::failThird)).into(() -> new MemorySink(table, true));

        SyncReport report = runner.run(job);

        assertEquals(State.FAILED, report.state());
        assertTrue(report.problem().contains("the platform is down"), report.problem());
        assertEquals(10, table.rows.size());
    }

    @Test
    void run_lastPage_asksForNothingMore() {
        fill(15);
        AtomicInteger reads = new AtomicInteger();
        SyncJob job = job(new WatchedFeed(records, reads::set)).into(() -> new MemorySink(table, true));

        runner.run(job);

        assertEquals(3, reads.get());
    }

    private static void failThird(int read) {
        if (read == 3) {
            throw new IllegalStateException("the platform is down");
        }
    }

    private SyncJob.Builder job(ChangeFeed feed) {
        return SyncJob.named("contacts").from(feed, ListFeed.TYPE).batch(5).readAhead(thread);
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            records.put("r" + i, clock.now().minusSeconds(1000 - i / 4), Map.of("name", "n" + i));
        }
    }

    private interface Read {
        void begins(int number);
    }

    private record WatchedFeed(ChangeFeed feed, Read read, AtomicInteger count) implements ChangeFeed {

        WatchedFeed(ChangeFeed feed, Read read) {
            this(feed, read, new AtomicInteger());
        }

        @Override
        public ChangePage read(String type, Optional<SyncCursor> from, int limit) {
            read.begins(count.incrementAndGet());
            return feed.read(type, from, limit);
        }

        @Override
        public Set<String> types() {
            return feed.types();
        }

        @Override
        public String connection() {
            return feed.connection();
        }

        @Override
        public Set<Capability> capabilities() {
            return feed.capabilities();
        }

        @Override
        public ChangeFeed with(CallOptions options) {
            return new WatchedFeed(feed.with(options), read, count);
        }
    }

    /** Writes nothing before the second page is asked for. */
    private record WaitingSink(MemorySink sink, CountDownLatch second) implements Sink {

        @Override
        public SinkResult write(SinkBatch batch) {
            try {
                assertTrue(second.await(30, TimeUnit.SECONDS), "the next page is not read");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return sink.write(batch);
        }

        @Override
        public Optional<SyncCursor> open(SinkStream stream) {
            return sink.open(stream);
        }

        @Override
        public boolean keepsCursors() {
            return sink.keepsCursors();
        }

        @Override
        public void close() {
            sink.close();
        }
    }
}
