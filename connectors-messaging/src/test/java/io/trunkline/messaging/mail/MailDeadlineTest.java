package io.trunkline.messaging.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.messaging.Email;
import io.trunkline.messaging.EmailMessage;
import io.trunkline.messaging.EmailOutcome;
import io.trunkline.messaging.MailAddress;
import io.trunkline.messaging.MailBatch;
import io.trunkline.messaging.SendOutcome;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that fall silent, hang up or refuse at one step of a talk. */
@Timeout(60)
final class MailDeadlineTest {

    private static final MailAddress DESK = MailAddress.of("desk@example.test");
    private static final MailAddress ADA = MailAddress.of("ada@example.test");
    private static final EmailMessage MAIL =
            EmailMessage.about("s").to(ADA).text("x").build();
    private static final Duration SOON = Duration.ofMillis(400);

    @ParameterizedTest
    @ValueSource(strings = {ScriptedSmtp.GREETING, "EHLO", "AUTH", "MAIL", "RCPT", "DATA"})
    void X10_smtpSilentBeforeTheText_failsAtTheDeadlineAsNotSent(String step) throws Exception {
        try (ScriptedSmtp smtp = new ScriptedSmtp(line -> line.startsWith(step) ? ScriptedSmtp.SILENCE : null);
                Trunkline trunkline = sending(smtp.port())) {
            long start = System.nanoTime();

            assertThrows(RetryLaterException.class, () -> hurried(trunkline).send(MAIL));

            assertInTime(start);
            assertEquals(0, smtp.text().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA"})
    void X8_smtpHangsUpBeforeTheText_failsAsNotSent(String step) throws Exception {
        try (ScriptedSmtp smtp = new ScriptedSmtp(line -> line.startsWith(step) ? ScriptedSmtp.HANG_UP : null);
                Trunkline trunkline = sending(smtp.port())) {
            assertThrows(RetryLaterException.class, () -> hurried(trunkline).send(MAIL));

            assertEquals(0, smtp.text().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedSmtp.SILENCE, ScriptedSmtp.HANG_UP})
    void X8_smtpSilentOrGoneAfterTheText_isUnknown(String end) throws Exception {
        try (ScriptedSmtp smtp = new ScriptedSmtp(line -> line.equals(".") ? end : null);
                Trunkline trunkline = sending(smtp.port())) {
            long start = System.nanoTime();

            EmailOutcome outcome = hurried(trunkline).send(MAIL);

            assertInstanceOf(SendOutcome.Unknown.class, outcome.recipients().get("ada@example.test"));
            assertInTime(start);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedSmtp.SILENCE, ScriptedSmtp.HANG_UP})
    void send_serverTakesTheMailAndSaysNoGoodbye_isAccepted(String end) throws Exception {
        try (ScriptedSmtp smtp = new ScriptedSmtp(line -> line.equals("QUIT") ? end : null);
                Trunkline trunkline = sending(smtp.port())) {
            assertTrue(hurried(trunkline).send(MAIL).accepted());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL,550 sender refused,INVALID_ADDRESS,550",
        "MAIL,451 later,UNAVAILABLE,451",
        "RCPT,550 5.1.1 nobody here,INVALID_ADDRESS,550",
        "RCPT,450 4.2.0 greylisted,UNAVAILABLE,450",
        "RCPT,452 too many recipients,UNAVAILABLE,452",
        "DATA,554 no,CONTENT,554",
        ".,552 too large,CONTENT,552",
        ".,554 5.7.1 spam,CONTENT,554",
        ".,451 4.3.0 later,UNAVAILABLE,451",
        ".,421 closing,UNAVAILABLE,421"
    })
    void send_refusedAtAStep_isRejectedWithTheServersCode(String step, String answer, String reason, String code)
            throws Exception {
        try (ScriptedSmtp smtp = new ScriptedSmtp(line -> line.startsWith(step) ? answer : null);
                Trunkline trunkline = sending(smtp.port())) {
            SendOutcome.Rejected rejected = assertInstanceOf(
                    SendOutcome.Rejected.class,
                    hurried(trunkline).send(MAIL).recipients().get("ada@example.test"));

            assertEquals(reason, rejected.reason().name());
            assertEquals(code, rejected.platformCode());
            assertTrue(rejected.provablyUnsent());
        }
    }

    @Test
    void send_everyRecipientRefused_isRejectedForEachAndTheTextStaysHere() throws Exception {
        try (ScriptedSmtp smtp = new ScriptedSmtp(line -> line.startsWith("RCPT") ? "550 no" : null);
                Trunkline trunkline = sending(smtp.port())) {
            EmailOutcome outcome = hurried(trunkline)
                    .send(EmailMessage.about("s").to(ADA).cc(DESK).text("x").build());

            assertEquals(2, outcome.recipients().size());
            outcome.recipients().values().forEach(each -> assertInstanceOf(SendOutcome.Rejected.class, each));
            assertEquals(0, smtp.text().size());
        }
    }

    @Test
    void send_textRefusedAfterOneRecipientWas_tellsTheTwoApart() throws Exception {
        try (ScriptedSmtp smtp = new ScriptedSmtp(
                        line -> line.contains("<bad@") ? "550 no" : line.equals(".") ? "554 spam" : null);
                Trunkline trunkline = sending(smtp.port())) {
            EmailOutcome outcome = hurried(trunkline)
                    .send(EmailMessage.about("s")
                            .to(ADA)
                            .to(MailAddress.of("bad@example.test"))
                            .text("x")
                            .build());

            assertEquals("554", code(outcome, "ada@example.test"));
            assertEquals("550", code(outcome, "bad@example.test"));
        }
    }

    @Test
    void fetch_scriptedServer_givesItsMail() throws Exception {
        try (ScriptedImap imap = new ScriptedImap("NOTHING", RAW);
                Trunkline trunkline = reading(imap.port())) {
            MailBatch batch = hurried(trunkline).fetch("INBOX", Optional.empty(), 10);

            assertEquals(1, batch.mails().size(), () -> batch + " " + imap.commands());
            assertEquals("hello", batch.mails().get(0).text().strip());
            assertEquals("7:1", batch.cursor());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedImap.GREETING, "CAPABILITY", "LOGIN", "EXAMINE", "UID FETCH", "FETCH"})
    void X10_imapSilentAtAStep_failsAtTheDeadline(String step) throws Exception {
        try (ScriptedImap imap = new ScriptedImap(step, RAW);
                Trunkline trunkline = reading(imap.port())) {
            long start = System.nanoTime();

            assertThrows(ConnectorException.class, () -> hurried(trunkline).fetch("INBOX", Optional.empty(), 10));

            assertInTime(start);
        }
    }

    private static final String RAW = "From: bob@example.test\r\nSubject: s\r\n\r\nhello\r\n";

    private static String code(EmailOutcome outcome, String recipient) {
        return assertInstanceOf(SendOutcome.Rejected.class, outcome.recipients().get(recipient))
                .platformCode();
    }

    private static void assertInTime(long start) {
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis < 3_000, () -> "took " + millis + " ms");
    }

    private static Email hurried(Trunkline trunkline) {
        return trunkline.client(Email.class, "mail").with(CallOptions.within(SOON));
    }

    private static Trunkline sending(int port) {
        return Trunkline.builder()
                .connect(
                        "mail",
                        Mail.account("127.0.0.1", "u", Secret.of("p"), DESK)
                                .with(Mail.SMTP_PORT, port)
                                .with(Mail.SMTP_SECURITY, MailSecurity.NONE))
                .build();
    }

    private static Trunkline reading(int port) {
        return Trunkline.builder()
                .connect(
                        "mail",
                        Mail.account("127.0.0.1", "u", Secret.of("p"), DESK)
                                .with(Mail.IMAP_HOST, "127.0.0.1")
                                .with(Mail.IMAP_PORT, port)
                                .with(Mail.IMAP_SECURITY, MailSecurity.NONE))
                .build();
    }
}
