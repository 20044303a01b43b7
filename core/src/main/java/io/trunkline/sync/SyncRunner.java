package io.trunkline.sync;

import io.trunkline.privacy.MaskedLog;
import io.trunkline.store.Lease;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs synchronisations: one run of a job at a time among all nodes that share the store, from where the last one
 * stopped. Thread-safe.
 */
public final class SyncRunner implements AutoCloseable {

    private static final MaskedLog LOG = MaskedLog.of(SyncRunner.class);
    static final Duration LEASE = Duration.ofMinutes(5);

    private final Store store;
    private final TimeSource time;
    private final SyncStates states;
    private volatile boolean closed;

    /** A runner that keeps cursors, reports and what was put aside in the store. */
    public SyncRunner(Store store, TimeSource time) {
        this.store = store;
        this.time = time;
        this.states = new SyncStates(store, time);
    }

    /**
     * Runs a job to the end of its feed, on the caller's thread; its parts on threads of their own, if it reads parts side
     * by side.
     *
     * @return what was done; it does not throw for what platform, sink or store do
     */
    public SyncReport run(SyncJob job) {
        try {
            if (closed || states.paused(job.name())) {
                return states.ended(job.name(), SyncReport.State.STOPPED, closed ? "closed" : "paused");
            }
            Optional<Lease> lease = lease(job.name());
            if (lease.isEmpty()) {
                return states.ended(job.name(), SyncReport.State.ELSEWHERE, "");
            }
            return run(job, lease.get());
        } catch (RuntimeException e) {
            // The store itself is down, so that not even a report can be kept.
            return states.ended(job.name(), SyncReport.State.FAILED, SyncRun.problem(e));
        }
    }

    /** The names of the jobs that have run, or are paused, in their order. */
    public List<String> jobs() {
        return states.jobs();
    }

    /** What a job's last run has done, or the one under way so far; empty before the first. */
    public Optional<SyncReport> report(String job) {
        return states.report(job);
    }

    /** Lets a job's run end at its next page and no other begin, on any node, until it is resumed. */
    public void pause(String job) {
        states.pause(job, true);
    }

    /** Lets a paused job run again. */
    public void resume(String job) {
        states.pause(job, false);
    }

    /** Whether a job is paused. */
    public boolean paused(String job) {
        return states.paused(job);
    }

    /**
     * Forgets how far a job has read, so that its next run begins at the beginning and writes everything again; what it
     * wrote stays.
     */
    public void restart(String job) {
        states.restart(job, true);
    }

    /** The records that a job has put aside, at most a number of them, by their ids. */
    public List<DeadRecord> dead(String job, int most) {
        return new DeadRecords(store, job, time).list(most);
    }

    /**
     * Tries a record that was put aside once more, with the job's transform and sink.
     *
     * @return false if it is not there
     * @throws PoisonException if it does not fit now either; then it stays
     * @throws IllegalStateException if the job is running, has never written a page of the record's part or reads it no
     *     more, or its full runs replace all that the sink holds
     */
    public boolean replay(SyncJob job, String id) {
        Lease lease = lease(job.name())
                .orElseThrow(() -> new IllegalStateException("the job is running; try again when it has ended"));
        try (lease) {
            SyncFence fence = new SyncFence(store, job.name(), lease.token());
            return new SyncReplay(job, new DeadRecords(store, job.name(), time), lease, fence).replay(id);
        }
    }

    /**
     * Lets a job's next run, on whatever node, begin by trying a record that was put aside: for whoever has no transform and
     * no sink at hand.
     *
     * @return false if it is not there or is to be tried already
     */
    public boolean replayInNextRun(String job, String id) {
        return new DeadRecords(store, job, time).mark(id);
    }

    /** Drops a record that was put aside; false if it is not there. */
    public boolean drop(String job, String id) {
        return new DeadRecords(store, job, time).remove(id);
    }

    /** Lets the runs under way end at their next page. */
    @Override
    public void close() {
        closed = true;
    }

    private SyncReport run(SyncJob job, Lease lease) {
        try {
            SyncFence fence = new SyncFence(store, job.name(), lease.token());
            DeadRecords dead = new DeadRecords(store, job.name(), time);
            return new SyncRun(job, states, dead, lease, fence, new SyncBook(job, states, fence)).go(() -> closed);
        } finally {
            try {
                lease.close();
            } catch (RuntimeException e) {
                LOG.warn("the lease of {} cannot be given back ({}) and ends by itself", job, e.getClass());
            }
        }
    }

    private Optional<Lease> lease(String job) {
        return store.leases().acquire("sync." + job, LEASE);
    }
}
