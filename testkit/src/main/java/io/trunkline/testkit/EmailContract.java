package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.error.ConnectorException;
import io.trunkline.messaging.Attachment;
import io.trunkline.messaging.Email;
import io.trunkline.messaging.EmailMessage;
import io.trunkline.messaging.EmailOutcome;
import io.trunkline.messaging.MailAddress;
import io.trunkline.messaging.MailBatch;
import io.trunkline.messaging.MailWatch;
import io.trunkline.messaging.ReceivedEmail;
import io.trunkline.messaging.SendOutcome;
import io.trunkline.value.CallOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every connector that offers {@link Email} must do, over whatever wire, beside {@link ConnectionContract}. A
 * {@link TcpRelay} in front of a mail server counts and falls silent as the contract wants.
 */
public abstract class EmailContract extends ConnectionContract<RunningPlatform> {

    private static final String INBOX = "INBOX";

    /** For subclasses. */
    protected EmailContract() {}

    /** The address whose mailbox the connection reads. */
    protected abstract MailAddress own();

    /** How many mails the platform has taken in all. */
    protected abstract int effects();

    @Test
    final void email_declaredCapabilities_workAndOthersThrowFirst() {
        List<Probe<Email>> probes = new ArrayList<>(reading());
        probes.add(Probe.reading(Email.SEND, e -> e.send(mail("probe"))));
        probes.add(Probe.writing(Email.MARK_SEEN, e -> e.markSeen(INBOX, 1)));

        declaredWorksUndeclaredThrows(Email.class, probes);
    }

    @Test
    final void email_platformSilent_readingEndsAtTheDeadline() {
        deadlinesHold(Email.class, reading());
    }

    @Test
    final void send_platformSilent_endsUnsentOrUnknown() {
        Email hurried = offering(Email.class, Email.SEND).with(CallOptions.within(Duration.ofMillis(500)));
        platform().silence();
        long start = System.nanoTime();

        try {
            EmailOutcome outcome = hurried.send(mail("late"));
            outcome.recipients().values().forEach(each -> assertInstanceOf(SendOutcome.Unknown.class, each));
        } catch (ConnectorException e) {
            Leaks.saw(e);
        }

        Probe.assertSoon(start);
        assertEquals(0, effects());
    }

    @Test
    final void send_platformGone_isATypedErrorAndPrintsNothing() {
        Email email = offering(Email.class, Email.SEND);
        platform().close();

        Leaks.saw(assertThrows(ConnectorException.class, () -> email.send(mail(Canary.text()))));

        assertEquals(0, effects());
    }

    @Test
    final void sendThenFetch_everyPart_comesBackAsItWas() {
        Email email = offering(Email.class, Email.SEND, Email.FETCH);
        String subject = Canary.text() + " Grüße 订单";
        byte[] file = {0, 1, 2, 13, 10, -1};
        EmailOutcome outcome = email.send(EmailMessage.about(subject)
                .to(own())
                .text("Grüße\n.\nEnde")
                .attach(Attachment.of("rechnung é.bin", "application/octet-stream", file))
                .build());
        assertTrue(outcome.accepted());
        assertEquals(1, effects());

        ReceivedEmail received =
                email.fetch(INBOX, Optional.empty(), 10).mails().get(0);

        assertEquals(subject, received.subject());
        assertEquals("Grüße\n.\nEnde", received.text().replace("\r\n", "\n").strip());
        assertEquals(Optional.of(outcome.messageId()), received.messageId());
        assertArrayEquals(file, received.attachments().get(0).content());
        assertEquals("rechnung é.bin", received.attachments().get(0).name());
        Leaks.printed(received);
        Leaks.printed(outcome);
    }

    @Test
    final void send_toOneWhoIsNotThere_doesNotHoldUpTheOthers() {
        Email email = offering(Email.class, Email.SEND);

        EmailOutcome outcome = email.send(EmailMessage.about("x")
                .to(own())
                .cc(MailAddress.of("second@example.test"))
                .text("x")
                .build());

        assertEquals(2, outcome.recipients().size());
        assertInstanceOf(SendOutcome.Accepted.class, outcome.recipients().get(own().address()));
    }

    @Test
    final void fetch_resumedFromEveryCursor_losesNothingAndGivesNothingTwice() {
        Email email = offering(Email.class, Email.SEND, Email.FETCH);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sent.add("mail " + i);
            email.send(mail("mail " + i));
        }

        for (int stop = 0; stop <= sent.size(); stop++) {
            List<String> given = new ArrayList<>();
            Optional<String> cursor = Optional.empty();
            for (int i = 0; i < stop; i++) {
                cursor = Optional.of(given(email, cursor, 1, given).cursor());
            }
            assertEquals(stop, given.size());
            for (boolean more = true; more; ) {
                MailBatch batch = given(email, cursor, 2, given);
                cursor = Optional.of(batch.cursor());
                more = batch.more();
            }
            assertEquals(sent, given, "stopped after " + stop);
        }
    }

    @Test
    final void fetch_badLimitOrCursor_isRefusedUnsent() {
        Email email = offering(Email.class, Email.FETCH);

        for (int limit : new int[] {0, -1, Integer.MAX_VALUE}) {
            refusedUnsent("limit " + limit, () -> email.fetch(INBOX, Optional.empty(), limit));
        }
        for (String cursor : List.of("", "nonsense", "-1", "1:2:3:x", "a\r\nb")) {
            refusedUnsent("cursor " + cursor.strip(), () -> email.fetch(INBOX, Optional.of(cursor), 10));
        }
        refusedUnsent("an empty folder name", () -> email.fetch("", Optional.empty(), 10));
        refusedUnsent("a folder of two lines", () -> email.fetch("INBOX\r\nA1 DELETE INBOX", Optional.empty(), 10));
    }

    @Test
    final void fetch_folderThatIsNotThere_isATypedError() {
        Email email = offering(Email.class, Email.FETCH);

        Leaks.saw(assertThrows(ConnectorException.class, () -> email.fetch("No such folder", Optional.empty(), 10)));
    }

    @Test
    final void markSeen_mailThatIsNotThere_doesNothing() {
        Email email = offering(Email.class, Email.MARK_SEEN);

        email.markSeen(INBOX, 4_000);

        refusedUnsent("number 0", () -> email.markSeen(INBOX, 0));
    }

    @Test
    final void watch_mailThatComesLater_isGivenOnceUntilClosed() throws InterruptedException {
        Email email = offering(Email.class, Email.SEND, Email.FETCH, Email.WATCH);
        String cursor = email.fetch(INBOX, Optional.empty(), 10).cursor();
        BlockingQueue<MailBatch> batches = new LinkedBlockingQueue<>();
        MailWatch watch = email.watch(INBOX, cursor, batches::add);
        try {
            email.send(mail("while watched"));

            MailBatch batch = batches.poll(40, TimeUnit.SECONDS);

            assertTrue(batch != null && watch.watching(), "nothing was given");
            assertEquals("while watched", batch.mails().get(0).subject());
        } finally {
            watch.close();
        }
        assertFalse(watch.watching());
        email.send(mail("too late"));
        assertTrue(batches.isEmpty());
    }

    private List<Probe<Email>> reading() {
        return List.of(Probe.reading(Email.FETCH, e -> e.fetch(INBOX, Optional.empty(), 10)));
    }

    private static MailBatch given(Email email, Optional<String> cursor, int limit, List<String> given) {
        MailBatch batch = email.fetch(INBOX, cursor, limit);
        batch.mails().forEach(mail -> given.add(mail.subject()));
        return batch;
    }

    private EmailMessage mail(String subject) {
        return EmailMessage.about(subject).to(own()).text("x").build();
    }
}
