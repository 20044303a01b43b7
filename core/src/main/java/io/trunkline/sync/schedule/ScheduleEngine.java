package io.trunkline.sync.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.trunkline.store.JdbcStore;
import io.trunkline.sync.SyncRunner;
import io.trunkline.sync.schedule.SyncSchedules.Plan;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What runs schedules with db-scheduler. All of that library's types stay in this and the classes that it uses. */
final class ScheduleEngine {

    private static final Duration POLL = Duration.ofSeconds(10);
    private static final Duration CLOSING = Duration.ofSeconds(30);

    /** Six of them missed, and a node counts as dead; its run's lease has ended by then too. */
    private static final Duration HEARTBEAT = Duration.ofMinutes(1);

    private final DataSource source;
    private final TimeSource time;
    private final SyncRunner runner;
    private final ScheduleTable table;
    private final Map<String, JobTask> tasks = new LinkedHashMap<>();
    private final ManualScheduler manual;
    private @Nullable Scheduler threads;
    private boolean closed;

    ScheduleEngine(JdbcStore store, TimeSource time, Map<String, Plan> plans) {
        this.source = store.dataSource();
        this.time = time;
        this.runner = new SyncRunner(store, time);
        this.table = ScheduleTable.made(source);
        plans.forEach((name, plan) -> tasks.put(name, new JobTask(plan, runner, time)));
        TestHelper.ManualSchedulerBuilder builder = TestHelper.createManualScheduler(source, known());
        settle(builder);
        this.manual = builder.clock(new FollowingClock(time)).build();
        tasks.values().forEach(task -> task.onStartup(manual, time::now));
    }

    void work() {
        manual.runDeadExecutionDetection();
        manual.runAnyDueExecutions();
    }

    synchronized void start(int count) {
        if (closed || threads != null) {
            throw new IllegalStateException("schedules are started once");
        }
        SchedulerBuilder builder = Scheduler.create(source, known());
        settle(builder);
        threads = builder.clock(time::now)
                .threads(count)
                .pollingInterval(POLL)
                .shutdownMaxWait(CLOSING)
                .build();
        threads.start();
    }

    boolean runNow(String job) {
        JobTask task = task(job);
        if (runner.paused(job)) {
            return false;
        }
        try {
            manual.reschedule(task.only(), time.now());
        } catch (TaskInstanceCurrentlyExecutingException e) {
            return false;
        }
        synchronized (this) {
            if (threads != null) {
                threads.triggerCheckForDueExecutions();
            }
        }
        return true;
    }

    Instant next(String job) {
        return manual.getScheduledExecution(task(job).only()).orElseThrow().getExecutionTime();
    }

    void close() {
        runner.close();
        Scheduler running;
        synchronized (this) {
            running = closed ? null : threads;
            closed = true;
        }
        if (running != null) {
            running.stop();
        }
    }

    private JobTask task(String job) {
        JobTask task = tasks.get(job);
        if (task == null) {
            throw new IllegalArgumentException("no job of this name was added; there are " + tasks.keySet());
        }
        return task;
    }

    private List<Task<?>> known() {
        return new ArrayList<>(tasks.values());
    }

    private void settle(SchedulerBuilder builder) {
        builder.tableName(ScheduleTable.NAME)
                .jdbcCustomization(table.customization())
                .serializer(new PlainText())
                .heartbeatInterval(HEARTBEAT)
                .failureLogging(LogLevel.DEBUG, false);
    }

    /** The clock of this project as the scheduler on the caller's thread wants it. */
    private static final class FollowingClock extends SettableClock {

        private final TimeSource time;

        FollowingClock(TimeSource time) {
            this.time = time;
        }

        @Override
        public Instant now() {
            return time.now();
        }
    }
}
