package io.trunkline.crm.lookup;

import io.trunkline.Trunkline;
import io.trunkline.crm.Contact;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.Match;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.value.CallOptions;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks every connection that offers contacts who is calling, at the same time, and answers at the deadline with what is
 * there by then. Thread-safe; one for the whole application is meant: it lets no connection hold more than 64 threads,
 * even one whose connector cannot be interrupted.
 */
public final class CallerLookup {

    private static final int MOST_AT_ONCE = 64;
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Map<String, Asked> connections;

    private record Asked(Contacts contacts, Semaphore places) {}

    private CallerLookup(Map<String, Asked> connections) {
        this.connections = connections;
    }

    /** Over every connection that offers contacts; those that cannot find them by number are said to be unable. */
    public static CallerLookup over(Trunkline trunkline) {
        Map<String, Asked> asked = new LinkedHashMap<>();
        trunkline
                .clients(Contacts.class)
                .forEach((name, contacts) -> asked.put(name, new Asked(contacts, new Semaphore(MOST_AT_ONCE))));
        return new CallerLookup(asked);
    }

    /**
     * Who has the number, as far as the connections answer within the time. Never later, and no connection's failure is
     * an exception here. A caller that is interrupted gets what is there by then.
     *
     * @throws IllegalArgumentException if the time is not positive
     */
    public CallerMatches find(PhoneNumber number, Duration within) {
        CallOptions options = CallOptions.within(within.compareTo(LONGEST) < 0 ? within : LONGEST);
        long end = System.nanoTime() + options.timeout().orElse(LONGEST).toNanos();
        Map<String, FutureTask<CallerMatches.Answer>> asked = new LinkedHashMap<>();
        connections.forEach((name, connection) -> asked.put(name, ask(connection, number, options)));
        Map<String, CallerMatches.Answer> answers = new LinkedHashMap<>();
        asked.forEach((name, task) -> answers.put(name, answer(task, end)));
        return new CallerMatches(answers);
    }

    private static FutureTask<CallerMatches.Answer> ask(Asked asked, PhoneNumber number, CallOptions options) {
        if (!asked.contacts().can(Contacts.FIND_BY_PHONE)) {
            return given(new CallerMatches.Answer.Unable());
        }
        if (!asked.places().tryAcquire()) {
            return given(new CallerMatches.Answer.Failed(Failures.of(
                    "too many look-ups wait for this connection already",
                    ErrorContext.of(
                            asked.contacts().connection(), Contacts.FIND_BY_PHONE.id(), ErrorKind.REJECTED_LOCALLY))));
        }
        FutureTask<CallerMatches.Answer> task = new FutureTask<>(() -> found(asked, number, options));
        Thread thread = new Thread(() -> inPlace(asked, task), "trunkline-lookup");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static void inPlace(Asked asked, FutureTask<CallerMatches.Answer> task) {
        try {
            task.run();
        } finally {
            asked.places().release();
        }
    }

    private static CallerMatches.Answer found(Asked asked, PhoneNumber number, CallOptions options) {
        Map<RecordRef, Contact> byRef = new LinkedHashMap<>();
        asked.contacts()
                .with(options)
                .findByPhone(number)
                .all()
                .forEach(contact -> byRef.putIfAbsent(contact.ref(), contact));
        return new CallerMatches.Answer.Found(Match.of(byRef.values().stream().toList()));
    }

    private static FutureTask<CallerMatches.Answer> given(CallerMatches.Answer answer) {
        FutureTask<CallerMatches.Answer> task = new FutureTask<>(() -> answer);
        task.run();
        return task;
    }

    private static CallerMatches.Answer answer(FutureTask<CallerMatches.Answer> task, long end) {
        try {
            return task.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return new CallerMatches.Answer.Late();
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            return new CallerMatches.Answer.Late();
        } catch (ExecutionException e) {
            return new CallerMatches.Answer.Failed(
                    e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause()));
        }
    }
}
