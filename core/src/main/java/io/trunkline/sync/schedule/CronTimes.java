package io.trunkline.sync.schedule;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;

/**
 * The times of a cron expression. The parser's own leave out a night whose time does not exist because clocks go forward;
 * here it is the moment at which they do.
 */
final class CronTimes {

    private final CronSchedule times;
    private final CronSchedule clockFace;
    private final ZoneId zone;

    /** Throws IllegalArgumentException if the expression cannot be read. */
    CronTimes(String cron, ZoneId zone) {
        if (cron.strip().equals("-")) {
            throw new IllegalArgumentException("a cron expression has five parts");
        }
        this.times = new CronSchedule(cron, zone, CronStyle.UNIX);
        this.clockFace = new CronSchedule(cron, ZoneOffset.UTC, CronStyle.UNIX);
        this.zone = zone;
    }

    Instant after(Instant instant) {
        Instant regular = next(times, instant);
        Instant onClockFace =
                next(clockFace, instant.atZone(zone).toLocalDateTime().toInstant(ZoneOffset.UTC));
        ZoneOffsetTransition leap = zone.getRules().getTransition(LocalDateTime.ofInstant(onClockFace, ZoneOffset.UTC));
        boolean leftOut = leap != null && leap.isGap() && leap.getInstant().isAfter(instant);
        return leftOut && leap.getInstant().isBefore(regular) ? leap.getInstant() : regular;
    }

    private static Instant next(CronSchedule schedule, Instant instant) {
        return schedule.getNextExecutionTime(ExecutionComplete.simulatedSuccess(instant));
    }
}
