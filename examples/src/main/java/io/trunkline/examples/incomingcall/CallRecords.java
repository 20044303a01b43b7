package io.trunkline.examples.incomingcall;

import io.trunkline.Trunkline;
import io.trunkline.crm.CallLog;
import io.trunkline.crm.durable.DurableCallLog;
import io.trunkline.delivery.WorkerThreads;
import io.trunkline.outbox.Outbox;
import io.trunkline.outbox.OutboxResult;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.time.Duration;

/** The records of calls, written by an outbox: the desk waits for no platform, and what it has logged is not lost. */
final class CallRecords implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Outbox outbox;
    private final DurableCallLog log;
    private final WorkerThreads threads;

    CallRecords(Trunkline trunkline, Store store) {
        this.outbox = new Outbox("crm", store, TimeSource.system());
        this.log = DurableCallLog.over(trunkline.client(CallLog.class, "crm"), outbox);
        this.threads = outbox.start(1);
    }

    DurableCallLog log() {
        return log;
    }

    /** What has become of a write. A call center need not wait for that; a program that is about to end does. */
    OutboxResult written(String key) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        OutboxResult result = outbox.result(key).orElseThrow();
        while (result instanceof OutboxResult.Pending && System.nanoTime() < end) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return result;
            }
            result = outbox.result(key).orElseThrow();
        }
        return result;
    }

    @Override
    public void close() {
        threads.close();
    }
}
