package io.trunkline.http;

import io.trunkline.value.Deadline;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/** What is known of one attempt while it is under way: written by the transport, read by the caller's thread. */
final class AttemptState {

    private final Deadline deadline;
    private final InterruptWatch interrupts;
    private @Nullable Call call;
    private volatile boolean sent;
    private volatile boolean interrupted;
    private long wireBytes;

    AttemptState(Deadline deadline, InterruptWatch interrupts) {
        this.deadline = deadline;
        this.interrupts = interrupts;
    }

    /** Whatever this thread now does for the attempt ends when the thread is interrupted or the library closed. */
    void begin(Call started) {
        call = started;
        interrupts.enter(started, this);
    }

    /** The same for what is read of the answer later, by whichever thread. */
    void resume() {
        Call started = call;
        if (started != null) {
            interrupts.enter(started, this);
        }
    }

    /** This thread does no more for the attempt for now. */
    void end() {
        interrupts.leave();
    }

    /** Sees whether a failure is the interruption, which not every part of the stack says. */
    void noteInterruption() {
        if (Thread.currentThread().isInterrupted()) {
            markInterrupted();
        }
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
