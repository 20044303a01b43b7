package io.trunkline.outbox;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A platform that writes down what it is told, fails as a test wants it to, and can be asked afterwards. Thread-safe. */
final class Diary implements OutboxHandler {

    /** What happens to one request. */
    interface Fate {
        void strike(Diary diary, OutboxEntry entry) throws Exception;
    }

    /** Nothing goes wrong. */
    static final Fate WELL = Diary::noted;

    /** It is done, and the answer never comes. */
    static final Fate DONE_UNHEARD = (diary, entry) -> {
        noted(diary, entry);
        throw failure(ErrorKind.OUTCOME_UNKNOWN, null);
    };

    /** The same in the eyes of the caller, but nothing was done. */
    static final Fate LOST_UNHEARD = (diary, entry) -> {
        throw failure(ErrorKind.OUTCOME_UNKNOWN, null);
    };

    private final List<String> lines = new ArrayList<>();
    private final List<Instant> asked = new ArrayList<>();
    private final Deque<Fate> script = new ArrayDeque<>();
    private Fate always = WELL;
    private Reconciliation answer = new Reconciliation.NotDone();
    private boolean knows = true;
    private int requests;

    /** Fails without having done anything. */
    static Fate failing(ErrorKind kind) {
        return (diary, entry) -> {
            throw failure(kind, null);
        };
    }

    static Fate throttling(Instant until) {
        return (diary, entry) -> {
            throw failure(ErrorKind.RATE_LIMITED, until);
        };
    }

    synchronized Diary next(Fate... fates) {
        script.addAll(List.of(fates));
        return this;
    }

    synchronized void always(Fate fate) {
        this.always = fate;
    }

    /** Whether it can be asked at all; otherwise it gives always the same answer. */
    synchronized void answers(Reconciliation fixed) {
        this.knows = false;
        this.answer = fixed;
    }

    /** What was written, in order: the payloads. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    synchronized List<String> lines(String entity) {
        return lines.stream().filter(line -> line.startsWith(entity)).toList();
    }

    synchronized int requests() {
        return requests;
    }

    /** When each question was asked that concerned a write begun: the beginnings. */
    synchronized List<Instant> asked() {
        return List.copyOf(asked);
    }

    @Override
    public String write(OutboxEntry entry) throws Exception {
        Fate fate;
        synchronized (this) {
            requests++;
            fate = Optional.ofNullable(script.poll()).orElse(always);
        }
        fate.strike(this, entry);
        return "id of " + entry.key();
    }

    @Override
    public synchronized Reconciliation reconcile(OutboxEntry entry, Instant begun) {
        asked.add(begun);
        if (!knows) {
            return answer;
        }
        return lines.contains(text(entry))
                ? new Reconciliation.Done("id of " + entry.key())
                : new Reconciliation.NotDone();
    }

    private static void noted(Diary diary, OutboxEntry entry) {
        synchronized (diary) {
            diary.lines.add(text(entry));
        }
    }

    private static String text(OutboxEntry entry) {
        return new String(entry.payload(), StandardCharsets.UTF_8);
    }

    private static RuntimeException failure(ErrorKind kind, Instant until) {
        return Failures.of(
                "the diary failed", ErrorContext.of("diary", "write", kind).withRetryAt(until));
    }
}
