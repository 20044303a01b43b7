package io.trunkline.sync.schedule;

import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.store.JdbcStore;
import io.trunkline.sync.SyncJob;
import io.trunkline.value.TimeSource;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Synchronisations that run by themselves, at the times of a cron expression. All nodes that share the store add the same
 * jobs, and one of them does each run. A run missed while all were down is made up for once, one that fails is tried again
 * after 5 minutes and then longer, up to an hour, and one that was stopped with its process goes on at the next start.
 * Pausing a job, by {@link io.trunkline.sync.SyncRunner#pause} on any node, passes its times over. Thread-safe.
 *
 * <p>Needs {@code com.github.kagkarlsson:db-scheduler}, and makes the table {@code trunkline_schedules}.
 */
public final class SyncSchedules implements AutoCloseable {

    private final ScheduleEngine engine;

    private SyncSchedules(ScheduleEngine engine) {
        this.engine = engine;
    }

    /** Begins schedules without a job, kept in the store's database. */
    public static Builder over(JdbcStore store, TimeSource time) {
        return new Builder(store, time);
    }

    /**
     * Runs what is due, one job after the other on the caller's thread, and looks for runs whose node has ended without a
     * word.
     */
    public void work() {
        engine.work();
    }

    /**
     * Runs what is due on threads of its own, looking every ten seconds.
     *
     * @param threads how many jobs may run at once on this node
     * @throws IllegalStateException if it was started or closed before
     */
    public SyncSchedules start(int threads) {
        engine.start(threads);
        return this;
    }

    /**
     * Makes a job due now, on whatever node looks first; its regular times stay.
     *
     * @return false if it is running or paused
     * @throws IllegalArgumentException if no such job was added
     */
    public boolean runNow(String job) {
        return engine.runNow(job);
    }

    /**
     * When a job runs next; in the past if it is due, or running.
     *
     * @throws IllegalArgumentException if no such job was added
     */
    public Instant next(String job) {
        return engine.next(job);
    }

    /** Lets runs under way end at their next page, waits for that up to half a minute, and ends the threads. */
    @Override
    public void close() {
        engine.close();
    }

    /** Collects jobs and their times. */
    public static final class Builder {

        private final JdbcStore store;
        private final TimeSource time;
        private final Map<String, Plan> plans = new LinkedHashMap<>();

        private Builder(JdbcStore store, TimeSource time) {
            this.store = store;
            this.time = time;
        }

        /**
         * Adds a job. One known to the database from before keeps its next time, unless it now has other times.
         *
         * @param cron minute, hour, day of month, month, day of week, as in a crontab
         * @param zone whose clock it is meant by; 02:30 in the night when clocks go forward is 03:00, and when they go back
         *     it comes once
         * @throws IllegalArgumentException if a job of its name was added before
         */
        public Builder add(SyncJob job, String cron, ZoneId zone) {
            if (plans.putIfAbsent(job.name(), new Plan(job, cron, zone)) != null) {
                throw new IllegalArgumentException("job " + job.name() + " was added before");
            }
            return this;
        }

        /**
         * Makes the table if it is not there, and enters the jobs.
         *
         * @throws IllegalArgumentException if a cron expression cannot be read
         * @throws ConfigurationException if db-scheduler is not on the class path
         */
        public SyncSchedules build() {
            try {
                return new SyncSchedules(new ScheduleEngine(store, time, plans));
            } catch (NoClassDefFoundError e) {
                throw new ConfigurationException(
                        "schedules need com.github.kagkarlsson:db-scheduler on the class path; add it",
                        ErrorContext.of("trunkline", "schedule", ErrorKind.CONFIGURATION),
                        e);
            }
        }
    }

    /**
     * A job and its times.
     *
     * @param job what runs
     * @param cron the times
     * @param zone whose clock they are meant by
     */
    record Plan(SyncJob job, String cron, ZoneId zone) {

        CronTimes times() {
            return new CronTimes(cron, zone);
        }

        /** The times as text, by which it is known whether they have changed. */
        String text() {
            return cron + " " + zone;
        }
    }
}
