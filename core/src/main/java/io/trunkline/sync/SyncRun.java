package io.trunkline.sync;

import io.trunkline.error.ConnectorException;
import io.trunkline.privacy.Masking;
import io.trunkline.store.Lease;
import io.trunkline.sync.SyncReport.State;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * One run of one job: its only stream on the caller's thread, or its parts side by side. A part that fails ends alone; the
 * others go on, and the next run goes on with all.
 *
 * @param job what runs
 * @param states what is known between runs
 * @param dead where records are put aside
 * @param lease held while it runs; its number fences every stream
 * @param fence lets the run change what is known only while no other has taken the job over
 * @param book what the streams have done
 */
record SyncRun(SyncJob job, SyncStates states, DeadRecords dead, Lease lease, SyncFence fence, SyncBook book) {

    SyncReport go(BooleanSupplier closed) {
        try {
            new SyncReplay(job, dead, lease, fence).marked();
            List<FeedPartition> parts = job.partitions();
            restart(parts);
            return parts.size() == 1 ? book.ended(stream(parts.get(0)).go(closed), "") : together(parts, closed);
        } catch (RuntimeException e) {
            return book.ended(State.FAILED, problem(e));
        }
    }

    private SyncReport together(List<FeedPartition> parts, BooleanSupplier closed) {
        SideBySide streams = new SideBySide(job.name(), job.atOnce());
        Map<String, SideBySide.Part> work = new TreeMap<>();
        parts.forEach(part -> work.put(part.name(), stopping -> stream(part).go(stopping)));
        SideBySide.Outcome outcome = streams.run(work, closed);
        if (!outcome.failures().isEmpty()) {
            String problems = outcome.failures().entrySet().stream()
                    .map(failure -> "part " + failure.getKey() + ": " + problem(failure.getValue()))
                    .collect(Collectors.joining("; "));
            return book.ended(State.FAILED, problems);
        }
        return book.ended(outcome.states().contains(State.STOPPED) ? State.STOPPED : State.COMPLETED, "");
    }

    private SyncStream stream(FeedPartition part) {
        return new SyncStream(this, part);
    }

    /** A job that begins anew begins with each part: what was said of the job is said of all of them. */
    private void restart(List<FeedPartition> parts) {
        Set<String> streams =
                parts.stream().map(part -> part.stream(job.name())).collect(Collectors.toSet());
        if (states.restarting(job.name()) && !streams.contains(job.name())) {
            streams.forEach(stream -> states.restart(stream, true));
            states.restart(job.name(), false);
        }
    }

    static String problem(RuntimeException e) {
        return Masking.mask(
                e instanceof ConnectorException known
                        ? String.valueOf(known.getMessage())
                        : e.getClass().getSimpleName() + ": " + e.getMessage());
    }
}
