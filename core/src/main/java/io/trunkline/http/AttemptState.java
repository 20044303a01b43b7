package io.trunkline.http;

import io.trunkline.value.Deadline;

/** What is known of one attempt while it is under way: written by the transport, read by the caller's thread. */
final class AttemptState {

    private final Deadline deadline;
    private volatile boolean sent;
    private volatile boolean interrupted;
    private long wireBytes;

    AttemptState(Deadline deadline) {
        this.deadline = deadline;
    }

    Deadline deadline() {
        return deadline;
    }

    void markSent() {
        sent = true;
    }

    boolean sent() {
        return sent;
    }

    void markInterrupted() {
        interrupted = true;
    }

    boolean interrupted() {
        return interrupted;
    }

    void addWireBytes(long bytes) {
        wireBytes += bytes;
    }

    long wireBytes() {
        return wireBytes;
    }
}
