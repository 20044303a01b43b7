package io.trunkline.proofs;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Ends the process, as a power cut would, when it comes by one point for the n-th time. */
final class CrashPoint implements Probe {

    /** What a process that ended itself here exits with. */
    static final int EXIT = 66;

    /** The points of receiving, handing over and synchronising, in the order in which work comes by them. */
    static final List<String> ALL = List.of(
            "insert.trunkline_values.before",
            "insert.trunkline_queue.before",
            "insert.trunkline_queue.after",
            "commit.insert.trunkline_queue.before",
            "commit.insert.trunkline_queue.after",
            "ack.before",
            "ack.after",
            "update.trunkline_queue.before",
            "commit.update.trunkline_queue.before",
            "commit.update.trunkline_queue.after",
            "handler.plain.before",
            "handler.plain.after",
            "handler.transactional.before",
            "insert.effects.after",
            "handler.transactional.after",
            "delete.trunkline_queue.before",
            "delete.trunkline_queue.after",
            "commit.delete.trunkline_queue.before",
            "commit.delete.trunkline_queue.after",
            "insert.trunkline_leases.before",
            "commit.insert.trunkline_leases.after",
            "commit.update.trunkline_leases.after",
            "feed.read.before",
            "feed.read.after",
            "update.trunkline_cursors.after",
            "insert.numbers.before",
            "insert.numbers.after",
            "commit.insert.numbers.before",
            "commit.insert.numbers.after",
            "file.write.before",
            "file.write.half",
            "file.write.after",
            "commit.update.trunkline_values.before",
            "commit.update.trunkline_values.after");

    private final String point;
    private final AtomicInteger left;

    CrashPoint(String point, int times) {
        this.point = point;
        this.left = new AtomicInteger(times);
    }

    /** Whether work comes by a point for a batch, not for each event. */
    static boolean rare(String point) {
        return ALL.indexOf(point) >= ALL.indexOf("insert.trunkline_leases.before");
    }

    @Override
    public void at(String reached) {
        if (reached.equals(point) && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(EXIT);
        }
    }
}
