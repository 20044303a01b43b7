package io.trunkline.crm.lookup;

import io.trunkline.Trunkline;
import io.trunkline.crm.Contact;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.Match;
import io.trunkline.value.CallOptions;
import io.trunkline.value.PhoneNumber;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks every connection that offers contacts who is calling, at the same time, and answers at the deadline with what is
 * there by then. Thread-safe.
 */
public final class CallerLookup {

    private final Map<String, Contacts> connections;

    private CallerLookup(Map<String, Contacts> connections) {
        this.connections = connections;
    }

    /** Over every connection that can find contacts by number. */
    public static CallerLookup over(Trunkline trunkline) {
        Map<String, Contacts> able = new LinkedHashMap<>();
        trunkline.clients(Contacts.class).forEach((name, contacts) -> {
            if (contacts.can(Contacts.FIND_BY_PHONE)) {
                able.put(name, contacts);
            }
        });
        return new CallerLookup(able);
    }

    /** Who has the number, as far as the connections answer within the time. Never later, and never an exception. */
    public CallerMatches find(PhoneNumber number, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        Map<String, FutureTask<Match<Contact>>> asked = new LinkedHashMap<>();
        connections.forEach((name, contacts) -> asked.put(name, ask(contacts, number, within)));
        Map<String, CallerMatches.Answer> answers = new LinkedHashMap<>();
        asked.forEach((name, task) -> answers.put(name, answer(task, end)));
        return new CallerMatches(answers);
    }

    private static FutureTask<Match<Contact>> ask(Contacts contacts, PhoneNumber number, Duration within) {
        FutureTask<Match<Contact>> task =
                new FutureTask<>(() -> contacts.with(CallOptions.within(within)).findByPhone(number));
        Thread thread = new Thread(task, "trunkline-lookup");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static CallerMatches.Answer answer(FutureTask<Match<Contact>> task, long end) {
        try {
            return new CallerMatches.Answer.Found(task.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
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
