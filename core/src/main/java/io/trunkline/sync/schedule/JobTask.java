package io.trunkline.sync.schedule;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.AbstractTask;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.OnStartup;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.SchedulableTaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import io.trunkline.privacy.MaskedLog;
import io.trunkline.sync.SyncReport;
import io.trunkline.sync.SyncRunner;
import io.trunkline.sync.schedule.SyncSchedules.Plan;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One job as db-scheduler sees it: a task with a single instance, whose data are its times as text, so that it is known
 * when they have changed.
 */
final class JobTask extends AbstractTask<String> implements OnStartup {

    private static final MaskedLog LOG = MaskedLog.of(SyncSchedules.class);
    private static final String ONLY = "only";
    private static final Duration AGAIN = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 4;

    private final Plan plan;
    private final CronTimes cron;
    private final SyncRunner runner;
    private final TimeSource time;

    JobTask(Plan plan, SyncRunner runner, TimeSource time) {
        super(
                plan.job().name(),
                String.class,
                (complete, operations) -> failed(plan, complete, operations),
                (complete, operations) -> operations.reschedule(complete, time.now()));
        this.plan = plan;
        this.cron = plan.times();
        this.runner = runner;
        this.time = time;
    }

    TaskInstanceId only() {
        return instanceId(ONLY);
    }

    /** Enters the job, or its new times; what is due or has failed stays so. */
    @Override
    public void onStartup(SchedulerClient client, Clock clock) {
        Instant next = cron.after(clock.now());
        client.scheduleIfNotExists(instance(ONLY, plan.text()), next);
        Optional<ScheduledExecution<Object>> entered = client.getScheduledExecution(only());
        if (entered.isEmpty() || plan.text().equals(entered.get().getData())) {
            return;
        }
        Instant before = entered.get().getExecutionTime();
        try {
            client.reschedule(only(), before.isAfter(clock.now()) ? next : before, plan.text());
        } catch (TaskInstanceCurrentlyExecutingException e) {
            LOG.info("job {} is running; its new times hold after the run that follows", getName());
        }
    }

    @Override
    public CompletionHandler<String> execute(TaskInstance<String> instance, ExecutionContext context) {
        SyncReport report = runner.run(plan.job());
        if (report.state() == SyncReport.State.FAILED) {
            LOG.warn("the scheduled run of {} failed: {}", getName(), report.problem());
            throw new FailedRun(report.problem());
        }
        return (complete, operations) -> operations.reschedule(complete, following(report.state()), plan.text());
    }

    @Override
    public SchedulableInstance<String> schedulableInstance(String id) {
        return schedulableInstance(id, plan.text());
    }

    @Override
    public SchedulableInstance<String> schedulableInstance(String id, String data) {
        return new SchedulableTaskInstance<>(instance(id, data), now -> cron.after(now));
    }

    private Instant following(SyncReport.State end) {
        Instant now = time.now();
        Instant regular = cron.after(now);
        return switch (end) {
            // Nobody paused it, so its process is closing: whoever looks next goes on with it.
            case STOPPED -> runner.paused(getName()) ? regular : now;
            // If the other run has died with its node, its lease ends before this.
            case ELSEWHERE -> earlier(regular, now.plus(AGAIN));
            default -> regular;
        };
    }

    private static void failed(Plan plan, ExecutionComplete complete, ExecutionOperations<String> operations) {
        int doublings = Math.min(complete.getExecution().consecutiveFailures, MOST_DOUBLINGS);
        Duration pause = AGAIN.multipliedBy(1L << doublings);
        Instant again = complete.getTimeDone().plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST);
        operations.reschedule(complete, earlier(again, plan.times().after(complete.getTimeDone())), plan.text());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Tells db-scheduler that a run has failed; the message is masked. */
    static final class FailedRun extends RuntimeException {

        private static final long serialVersionUID = 1L;

        FailedRun(String problem) {
            super(problem);
        }
    }
}
