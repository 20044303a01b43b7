package io.trunkline.messaging.mail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.error.AuthenticationException;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ConflictException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.error.UnsupportedCapabilityException;
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
import io.trunkline.value.Secret;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail against GreenMail's SMTP and IMAP servers in this process. */
@Timeout(60)
final class MailTest {

    private static final MailAddress DESK = new MailAddress("Service Désk", "desk@example.test");
    private static final MailAddress ADA = new MailAddress("Ada", "ada@example.test");

    private final GreenMail servers = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
    });
    private final String password = Canary.secret();
    private GreenMailUser desk;
    private Trunkline trunkline;

    @BeforeEach
    void open() {
        servers.start();
        desk = servers.setUser("desk@example.test", "desk@example.test", password);
        servers.setUser("ada@example.test", "ada@example.test", "pw");
        trunkline = Trunkline.builder()
                .connect("desk", account("desk@example.test", password))
                .connect("ada", account("ada@example.test", "pw").with(Mail.FROM, ADA))
                .build();
    }

    @AfterEach
    void close() {
        trunkline.close();
        servers.stop();
    }

    private ConnectorSetup account(String user, String secret) {
        return Mail.account("127.0.0.1", user, Secret.of(secret), DESK)
                .with(Mail.SMTP_PORT, servers.getSmtp().getPort())
                .with(Mail.SMTP_SECURITY, MailSecurity.NONE)
                .with(Mail.IMAP_HOST, "127.0.0.1")
                .with(Mail.IMAP_PORT, servers.getImap().getPort())
                .with(Mail.IMAP_SECURITY, MailSecurity.NONE);
    }

    private Email mail(String connection) {
        return trunkline.client(Email.class, connection);
    }

    @Test
    void verify_goodAndBadPassword_areToldApart() {
        assertTrue(trunkline.verify("desk", Duration.ofSeconds(10)).contains("127.0.0.1"));
        try (Trunkline bad = Trunkline.builder()
                .connect("bad", account("desk@example.test", "wrong"))
                .build()) {
            Leaks.saw(assertThrows(AuthenticationException.class, () -> bad.verify("bad", Duration.ofSeconds(10))));
        }
    }

    @Test
    void sendThenFetch_everyPart_comesBackAsItWas() {
        byte[] picture = {1, 2, 3};
        EmailOutcome outcome = mail("desk")
                .send(EmailMessage.about("Ihre Anfrage: 订单 42")
                        .to(ADA)
                        .bcc(DESK)
                        .text("Grüße\n.\nEnde")
                        .html("<p>Grüße <img src=\"cid:logo\"></p>")
                        .attach(Attachment.inline("logo", "image/png", picture))
                        .attach(Attachment.of("rechnung é.pdf", "application/pdf", new byte[] {4}))
                        .build());
        assertTrue(outcome.accepted());

        MailBatch batch = mail("ada").fetch("INBOX", Optional.empty(), 10);

        ReceivedEmail received = batch.mails().get(0);
        assertEquals("Ihre Anfrage: 订单 42", received.subject());
        assertEquals("Service Désk", received.from().name());
        assertEquals("Grüße\n.\nEnde", received.text().replace("\r\n", "\n").strip());
        assertTrue(received.html().contains("cid:logo"));
        assertEquals(Optional.of(outcome.messageId()), received.messageId());
        assertEquals(2, received.attachments().size());
        Attachment logo = received.attachments().stream()
                .filter(file -> file.inlineId().isPresent())
                .findFirst()
                .orElseThrow();
        assertArrayEquals(picture, logo.content());
        assertTrue(received.attachments().stream().anyMatch(file -> file.name().equals("rechnung é.pdf")));
        assertTrue(received.to().stream().noneMatch(to -> to.address().equals(DESK.address())));
        Leaks.printed(received);
        Leaks.printed(outcome);
    }

    @Test
    void reply_toAMail_staysInItsThread() {
        mail("desk").send(EmailMessage.about("First").to(ADA).text("x").build());
        ReceivedEmail first =
                mail("ada").fetch("INBOX", Optional.empty(), 10).mails().get(0);
        assertTrue(first.answerable());

        mail("ada").send(EmailMessage.reply(first).text("y").build());

        ReceivedEmail answer =
                mail("desk").fetch("INBOX", Optional.empty(), 10).mails().get(0);
        assertEquals("Re: First", answer.subject());
        assertEquals(List.of(first.messageId().orElseThrow()), answer.references());
    }

    @Test
    void fetch_sinceCursor_givesEachMailOnceInOrder() {
        for (int i = 0; i < 5; i++) {
            mail("desk").send(EmailMessage.about("m" + i).to(ADA).text("x").build());
        }
        MailBatch first = mail("ada").fetch("INBOX", Optional.empty(), 3);
        MailBatch second = mail("ada").fetch("INBOX", Optional.of(first.cursor()), 3);
        MailBatch third = mail("ada").fetch("INBOX", Optional.of(second.cursor()), 3);

        assertTrue(first.more());
        assertEquals(
                List.of("m3", "m4"),
                second.mails().stream().map(ReceivedEmail::subject).toList());
        assertTrue(third.mails().isEmpty());
        assertEquals(second.cursor(), third.cursor());
        mail("ada").markSeen("INBOX", first.mails().get(0).uid());
        assertThrows(ConflictException.class, () -> mail("ada").fetch("INBOX", Optional.of("1:1"), 3));
        assertThrows(IllegalArgumentException.class, () -> mail("ada").fetch("INBOX", Optional.of("x"), 3));
    }

    @Test
    void watch_mailThatArrives_isGivenWithoutAsking() throws Exception {
        LinkedBlockingQueue<MailBatch> batches = new LinkedBlockingQueue<>();
        String cursor = mail("ada").fetch("INBOX", Optional.empty(), 10).cursor();
        try (MailWatch watch = mail("ada").watch("INBOX", cursor, batches::add)) {
            for (String subject : List.of("one", "two")) {
                mail("desk").send(EmailMessage.about(subject).to(ADA).text("x").build());
                MailBatch batch = batches.poll(20, TimeUnit.SECONDS);
                assertEquals(subject, batch.mails().get(0).subject());
            }
            assertTrue(watch.watching());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nBcc: evil@example.test", "a\nb", "a\u0000"})
    void lineBreaks_inAnyPartOfTheHead_areRefusedBeforeAnythingIsSent(String text) {
        assertThrows(IllegalArgumentException.class, () -> EmailMessage.about(text));
        assertThrows(IllegalArgumentException.class, () -> new MailAddress(text, "a@example.test"));
        assertThrows(IllegalArgumentException.class, () -> MailAddress.of(text + "@example.test"));
        assertThrows(IllegalArgumentException.class, () -> MailAddress.of("a@example.test" + text.substring(1)));
        assertThrows(IllegalArgumentException.class, () -> Attachment.of(text, "text/plain", new byte[0]));
        assertThrows(
                IllegalArgumentException.class, () -> EmailMessage.about("x").reference("<" + text + ">"));

        assertEquals(0, servers.getReceivedMessages().length);
    }

    @Test
    void fetch_mailWithoutSender_isUnreadableAndHoldsNothingUp() throws Exception {
        deliver("To: desk@example.test\r\nSubject: s\r\n\r\nhello\r\n");
        deliver("From: bob@example.test\r\nSubject: good\r\n\r\nhello\r\n");

        MailBatch batch = mail("desk").fetch("INBOX", Optional.empty(), 10);

        assertEquals(1, batch.unreadable().size());
        assertEquals("good", batch.mails().get(0).subject());
    }

    @Test
    void send_oneRecipientRefused_doesNotHoldUpTheOther() throws Exception {
        try (ScriptedSmtp smtp = new ScriptedSmtp(line -> line.contains("<bad@") ? "550 no such user" : null);
                Trunkline own = sending(smtp.port())) {
            EmailOutcome outcome = own.client(Email.class, "smtp")
                    .send(EmailMessage.about("s")
                            .to(ADA)
                            .to(MailAddress.of("bad@example.test"))
                            .text("x")
                            .build());

            assertInstanceOf(SendOutcome.Accepted.class, outcome.recipients().get("ada@example.test"));
            SendOutcome.Rejected bad = assertInstanceOf(
                    SendOutcome.Rejected.class, outcome.recipients().get("bad@example.test"));
            assertEquals("550", bad.platformCode());
        }
    }

    @Test
    void send_connectionDiesAfterTheText_isUnknown() throws Exception {
        try (ScriptedSmtp smtp = new ScriptedSmtp(line -> line.equals(".") ? ScriptedSmtp.HANG_UP : null);
                Trunkline own = sending(smtp.port())) {
            EmailOutcome outcome = own.client(Email.class, "smtp")
                    .send(EmailMessage.about("s").to(ADA).text("x").build());

            assertInstanceOf(SendOutcome.Unknown.class, outcome.recipients().get("ada@example.test"));
        }
    }

    @Test
    void send_serverThatNeverSpeaks_endsAtTheDeadline() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Trunkline own = sending(silent.getLocalPort())) {
            Email hurried = own.client(Email.class, "smtp").with(CallOptions.within(Duration.ofMillis(500)));
            long start = System.nanoTime();

            assertThrows(
                    RetryLaterException.class,
                    () -> hurried.send(EmailMessage.about("s").to(ADA).text("x").build()));

            assertTrue(System.nanoTime() - start < Duration.ofSeconds(5).toNanos());
        }
    }

    @Test
    void open_plainTextToAnotherMachine_isRefused() {
        ConnectorSetup open = Mail.account("mail.example.test", "u", Secret.of("p"), DESK)
                .with(Mail.SMTP_SECURITY, MailSecurity.NONE);

        assertThrows(
                ConfigurationException.class,
                () -> Trunkline.builder().connect("m", open).build());
    }

    @Test
    void fetch_withoutMailbox_isUnsupportedBeforeAnything() throws Exception {
        try (ScriptedSmtp smtp = new ScriptedSmtp(line -> null);
                Trunkline own = sending(smtp.port())) {
            assertThrows(
                    UnsupportedCapabilityException.class,
                    () -> own.client(Email.class, "smtp").fetch("INBOX", Optional.empty(), 1));
            assertEquals(List.of(), smtp.commands());
        }
    }

    private static Trunkline sending(int port) {
        return Trunkline.builder()
                .connect(
                        "smtp",
                        Mail.account("127.0.0.1", "u", Secret.of("p"), DESK)
                                .with(Mail.SMTP_PORT, port)
                                .with(Mail.SMTP_SECURITY, MailSecurity.NONE))
                .build();
    }

    private void deliver(String raw) throws Exception {
        MimeMessage message = new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)));
        desk.deliver(message);
        if (message.getSize() == 0) {
            throw new IOException("nothing was delivered");
        }
    }
}
