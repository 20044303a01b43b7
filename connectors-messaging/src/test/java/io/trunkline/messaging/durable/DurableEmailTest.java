package io.trunkline.messaging.durable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.VirtualClock;
import io.trunkline.error.ConflictException;
import io.trunkline.error.InvalidRequestException;
import io.trunkline.messaging.Attachment;
import io.trunkline.messaging.Email;
import io.trunkline.messaging.EmailMessage;
import io.trunkline.messaging.MailAddress;
import io.trunkline.messaging.mail.Mail;
import io.trunkline.messaging.mail.MailSecurity;
import io.trunkline.messaging.mail.ScriptedSmtp;
import io.trunkline.outbox.Outbox;
import io.trunkline.outbox.OutboxEntry;
import io.trunkline.outbox.OutboxResult;
import io.trunkline.store.Store;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A mail goes out once, whether or not the server is there when it is handed over. */
@Timeout(120)
final class DurableEmailTest {

    private static final MailAddress ADA = new MailAddress("Ada", "ada@example.test");
    private static final MailAddress BEN = new MailAddress("Ben", "ben@example.test");

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = TimeSource.of(clock::now, clock::nanos, clock::sleep);
    private final Store store = Store.inMemory(time);
    private final Outbox outbox = new Outbox("mail", store, time);
    private volatile UnaryOperator<String> script = line -> null;
    private ScriptedSmtp smtp;
    private Trunkline trunkline;
    private DurableEmail mail;

    @BeforeEach
    void open() throws IOException {
        smtp = new ScriptedSmtp(line -> script.apply(line));
        trunkline = Trunkline.builder()
                .connect(
                        "mail",
                        Mail.account(
                                        "127.0.0.1",
                                        "desk",
                                        Secret.of(Canary.secret()),
                                        MailAddress.of("desk@example.test"))
                                .with(Mail.SMTP_PORT, smtp.port())
                                .with(Mail.SMTP_SECURITY, MailSecurity.NONE))
                .build();
        mail = DurableEmail.over(trunkline.client(Email.class, "mail"), outbox);
    }

    @AfterEach
    void close() throws IOException {
        trunkline.close();
        smtp.close();
    }

    @Test
    void send_serverDownForADay_goesOutOnce() {
        script = line -> line.equals(ScriptedSmtp.GREETING) ? ScriptedSmtp.HANG_UP : null;
        String key = mail.send("case-1", to(ADA));
        mail.send("case-1", to(ADA));
        live(Duration.ofDays(1));
        assertEquals(0, texts());

        script = line -> null;
        live(Duration.ofMinutes(20));

        assertEquals(1, texts());
        OutboxResult.Done done =
                assertInstanceOf(OutboxResult.Done.class, outbox.result(key).orElseThrow());
        assertTrue(smtp.text().stream().anyMatch(line -> line.equals("Message-ID: " + done.platformId())));
    }

    @Test
    void send_refusedForNow_isTriedAgain() {
        script = line -> line.startsWith("RCPT") ? "451 try later" : null;
        String key = mail.send("case-1", to(ADA));
        live(Duration.ofMinutes(2));
        assertInstanceOf(OutboxResult.Pending.class, outbox.result(key).orElseThrow());

        script = line -> null;
        live(Duration.ofMinutes(20));

        assertEquals(1, texts());
    }

    @Test
    void send_refusedForGood_isPutAsideAtOnce() {
        script = line -> line.startsWith("RCPT") ? "550 no such user" : null;
        String key = mail.send("case-1", to(ADA));

        outbox.work();

        OutboxResult.Dead dead =
                assertInstanceOf(OutboxResult.Dead.class, outbox.result(key).orElseThrow());
        assertTrue(dead.reason().contains("INVALID_ADDRESS"), dead.reason());
        assertEquals(0, texts());
    }

    @Test
    void send_oneOfTwoRecipientsRefused_isToldAndNotSentTwice() {
        script = line -> line.startsWith("RCPT") && line.contains("ben@") ? "550 no such user" : null;
        String key = mail.send("case-1", to(ADA, BEN));

        outbox.work();
        replayAll();
        live(Duration.ofMinutes(10));

        OutboxResult.Dead dead =
                assertInstanceOf(OutboxResult.Dead.class, outbox.result(key).orElseThrow());
        assertEquals(1, texts());
        assertTrue(dead.reason().contains("cannot be looked up"), dead.reason());
    }

    @Test
    void send_oneOfTwoRecipientsRefused_saysHowMany() {
        script = line -> line.startsWith("RCPT") && line.contains("ben@") ? "550 no such user" : null;
        String key = mail.send("case-1", to(ADA, BEN));

        outbox.work();

        OutboxResult.Dead dead =
                assertInstanceOf(OutboxResult.Dead.class, outbox.result(key).orElseThrow());
        assertTrue(dead.reason().contains("1 recipients have the mail, 1 do not, 0 perhaps"), dead.reason());
    }

    @Test
    void send_serverGoneAfterTheText_isPutAsideAndNotSentAgain() {
        script = line -> line.equals(".") ? ScriptedSmtp.HANG_UP : null;
        String key = mail.send("case-1", to(ADA));

        live(Duration.ofMinutes(1));
        script = line -> null;
        live(Duration.ofHours(1));
        replayAll();
        live(Duration.ofHours(1));

        assertEquals(1, texts());
        assertInstanceOf(OutboxResult.Dead.class, outbox.result(key).orElseThrow());
    }

    @Test
    void send_mailThatCannotBeKept_isRefusedBeforeItIs() {
        EmailMessage large = EmailMessage.about("s")
                .to(ADA)
                .text("t")
                .attach(Attachment.of("a.bin", "application/octet-stream", new byte[2 << 20]))
                .build();
        mail.send("case-1", to(ADA));

        assertThrows(InvalidRequestException.class, () -> mail.send("case-2", large));
        assertThrows(ConflictException.class, () -> mail.send("case-1", to(BEN)));
        assertThrows(IllegalArgumentException.class, () -> mail.send("no key", to(ADA)));

        assertEquals(
                1,
                store.queue(outbox.queueName())
                        .pending(Optional.empty(), 10)
                        .items()
                        .size());
    }

    @Test
    void send_inATransactionThatIsUndone_leavesNothing() {
        assertThrows(
                IllegalStateException.class,
                () -> store.atomically(inside -> {
                    mail.in(inside).send("case-1", to(ADA));
                    throw new IllegalStateException("undone");
                }));
        live(Duration.ofMinutes(1));

        assertEquals(0, texts());
    }

    @Test
    void payload_everyPart_comesBackAsItWas() {
        EmailMessage message = EmailMessage.about("Sübject")
                .to(ADA)
                .cc(BEN)
                .bcc(MailAddress.of("c@example.test"))
                .text("text")
                .html("<p>html</p>")
                .attach(Attachment.of("a.bin", "application/octet-stream", new byte[] {0, -1, 127}))
                .attach(Attachment.inline("logo", "image/png", new byte[] {1}))
                .from(BEN)
                .replyTo(ADA)
                .reference("<1@example.test>")
                .unsubscribe(URI.create("https://example.test/u"))
                .automatic()
                .build();

        EmailMessage back = EmailPayload.mail(OutboxEntry.of("k", "e", "k", EmailPayload.of(message)));

        assertEquals(message.subject(), back.subject());
        assertEquals(message.to(), back.to());
        assertEquals(message.cc(), back.cc());
        assertEquals(message.bcc(), back.bcc());
        assertEquals(message.text(), back.text());
        assertEquals(message.html(), back.html());
        assertEquals(message.from(), back.from());
        assertEquals(message.replyTo(), back.replyTo());
        assertEquals(message.references(), back.references());
        assertEquals(message.unsubscribe(), back.unsubscribe());
        assertTrue(back.automatic());
        assertAlike(message.attachments(), back.attachments());
    }

    private static void assertAlike(List<Attachment> before, List<Attachment> after) {
        assertEquals(before.size(), after.size());
        for (int i = 0; i < before.size(); i++) {
            assertEquals(before.get(i).name(), after.get(i).name());
            assertEquals(before.get(i).contentType(), after.get(i).contentType());
            assertEquals(before.get(i).inlineId(), after.get(i).inlineId());
            assertArrayEquals(before.get(i).content(), after.get(i).content());
        }
    }

    private static EmailMessage to(MailAddress... recipients) {
        EmailMessage.Builder builder = EmailMessage.about("Your case").text("We are on it.");
        for (MailAddress recipient : recipients) {
            builder.to(recipient);
        }
        return builder.build();
    }

    /** How many texts the server was given. */
    private long texts() {
        return smtp.text().stream()
                .filter(line -> line.equals("Subject: Your case"))
                .count();
    }

    private void replayAll() {
        store.queue(outbox.queueName())
                .deadLetters(Optional.empty(), 10)
                .items()
                .forEach(item -> store.queue(outbox.queueName()).replay(item.id()));
    }

    private void live(Duration duration) {
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plusSeconds(60)) {
            while (outbox.work() > 0) {
                Thread.onSpinWait();
            }
            clock.advance(Duration.ofSeconds(60));
        }
    }
}
