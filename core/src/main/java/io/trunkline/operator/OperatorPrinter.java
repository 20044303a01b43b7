package io.trunkline.operator;

import io.trunkline.sync.SyncReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the operator's view as text; each method gives the code that the program ends with. */
final class OperatorPrinter {

    private final Operator operator;
    private final PrintStream out;

    OperatorPrinter(Operator operator, PrintStream out) {
        this.operator = operator;
        this.out = out;
    }

    int backlogs() {
        TextTable table = new TextTable("QUEUE", "PENDING", "FAILING", "DEAD", "OLDEST", "WHAT");
        List<Backlog> all = operator.backlogs();
        all.forEach(each -> table.row(
                each.queue(), each.pending(), each.failing(), each.dead(), shown(each.oldest()), each.what()));
        table.print(out);
        return said(all.isEmpty(), "nothing waits and nothing was put aside");
    }

    int items(String queue, int limit) {
        List<BacklogItem> items =
                new ArrayList<>(operator.dead(queue, Optional.empty(), limit).items());
        if (items.size() < limit) {
            items.addAll(operator.pending(queue, Optional.empty(), limit - items.size())
                    .items());
        }
        TextTable table = new TextTable("ID", "STATE", "FAILED", "AGE", "NEXT TRY", "ABOUT", "REASON");
        items.forEach(each -> table.row(
                each.id(),
                each.state(),
                each.failures(),
                shown(Optional.of(each.age())),
                shown(each.next()),
                each.about(),
                each.reason()));
        table.print(out);
        return said(items.isEmpty(), "nothing lies there");
    }

    int show(String queue, String id) {
        Optional<ItemDetail> found = operator.show(queue, id);
        found.ifPresent(detail -> {
            BacklogItem item = detail.item();
            out.println(item.queue() + " " + item.id() + " " + item.state());
            out.println("about: " + item.about());
            out.println("age: " + shown(Optional.of(item.age())) + ", failed: " + item.failures() + ", next try: "
                    + shown(item.next()));
            out.println("reason: " + (item.reason().isEmpty() ? "none" : item.reason()));
            detail.content().forEach(line -> out.println("  " + line));
        });
        return done(found.isPresent(), "", "it is not there");
    }

    int retry(String queue, String id) {
        return done(operator.retry(queue, id), "it is due now", "it does not wait for a next try");
    }

    int replay(String queue, String id) {
        if (id.equals("all")) {
            out.println(operator.replayAll(queue) + " replayed");
            return 0;
        }
        return done(operator.replay(queue, id), "replayed", "it was not put aside, or is replayed already");
    }

    int drop(String queue, String id) {
        return done(operator.drop(queue, id), "dropped", "it is not there");
    }

    int jobs() {
        TextTable table =
                new TextTable("JOB", "STATE", "READ", "WRITTEN", "SKIPPED", "DEAD", "LAG", "UPDATED", "PROBLEM");
        List<JobView> all = operator.jobs();
        for (JobView job : all) {
            String state = job.report().map(report -> report.state().name()).orElse("NEVER RUN");
            SyncReport.Counts counts = job.report().map(SyncReport::counts).orElse(SyncReport.Counts.NONE);
            table.row(
                    job.job(),
                    state + (job.paused() ? ", PAUSED" : ""),
                    counts.read(),
                    counts.written(),
                    counts.skipped(),
                    job.dead(),
                    shown(job.report().map(SyncReport::lag)),
                    job.report().map(report -> report.updatedAt().toString()).orElse("-"),
                    job.report().map(SyncReport::problem).orElse(""));
        }
        table.print(out);
        return said(all.isEmpty(), "no synchronisation has run");
    }

    int pause(String job, boolean paused) {
        if (paused) {
            operator.pause(job);
        } else {
            operator.resume(job);
        }
        return done(true, paused ? "paused" : "resumed", "");
    }

    int verify(Duration timeout) {
        TextTable table = new TextTable("CONNECTION", "STATE", "DETAIL");
        List<Verification> all = operator.verify(timeout);
        all.forEach(each -> table.row(each.connection(), each.state(), each.detail()));
        table.print(out);
        return all.stream().anyMatch(each -> each.state() == Verification.State.BAD) ? 1 : 0;
    }

    private int said(boolean empty, String text) {
        if (empty) {
            out.println(text);
        }
        return 0;
    }

    private int done(boolean done, String yes, String no) {
        String text = done ? yes : no;
        if (!text.isEmpty()) {
            out.println(text);
        }
        return done ? 0 : 1;
    }

    /** The two largest units: nobody reads more. */
    private static String shown(Optional<Duration> duration) {
        if (duration.isEmpty()) {
            return "-";
        }
        Duration time = duration.get();
        if (time.toDays() > 0) {
            return time.toDays() + "d" + time.toHoursPart() + "h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + "h" + time.toMinutesPart() + "m";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + "m" + time.toSecondsPart() + "s" : time.toSeconds() + "s";
    }
}
