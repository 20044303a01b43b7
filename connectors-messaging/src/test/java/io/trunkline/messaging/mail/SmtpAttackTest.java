package io.trunkline.messaging.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.messaging.Attachment;
import io.trunkline.messaging.Email;
import io.trunkline.messaging.EmailMessage;
import io.trunkline.messaging.MailAddress;
import io.trunkline.value.Secret;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks through what goes into a mail, judged by what the server was told. */
@Timeout(60)
final class SmtpAttackTest {

    private static final MailAddress DESK = new MailAddress("Desk", "desk@example.test");
    private static final MailAddress ADA = MailAddress.of("ada@example.test");

    private ScriptedSmtp smtp;
    private Trunkline trunkline;
    private Email email;

    @BeforeEach
    void open() throws Exception {
        smtp = new ScriptedSmtp(line -> null);
        trunkline = connected(MailSecurity.NONE);
        email = trunkline.client(Email.class, "smtp");
    }

    @AfterEach
    void close() throws Exception {
        trunkline.close();
        smtp.close();
    }

    private Trunkline connected(MailSecurity security) {
        return Trunkline.builder()
                .connect(
                        "smtp",
                        Mail.account("127.0.0.1", "u", Secret.of(Canary.secret()), DESK)
                                .with(Mail.SMTP_PORT, smtp.port())
                                .with(Mail.SMTP_SECURITY, security))
                .build();
    }

    /** The commands of one mail to Ada, the login and the host's own name left out. */
    private void onlyTheExpectedCommands() throws InterruptedException {
        List<String> commands = smtp.commandsUntilGone().stream()
                .map(line -> line.replaceAll("^EHLO .*", "EHLO").replaceAll("^AUTH.*", "AUTH"))
                .toList();
        assertEquals(
                List.of(
                        "EHLO",
                        "AUTH",
                        "MAIL FROM:<desk@example.test>",
                        "RCPT TO:<ada@example.test>",
                        "DATA",
                        ".",
                        "QUIT"),
                commands);
    }

    @Test
    void send_ordinaryMail_saysExactlyTheExpectedCommands() throws InterruptedException {
        assertTrue(email.send(EmailMessage.about("s").to(ADA).text("x").build()).accepted());

        onlyTheExpectedCommands();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\nRCPT TO:<evil@example.test>",
                "x\nBcc: evil@example.test",
                "x\rBcc: evil@example.test",
                "x\u0000",
                "x\u0085Bcc: evil@example.test",
                "\r\n.\r\nMAIL FROM:<evil@example.test>"
            })
    void T42_lineBreaksInEveryField_areRefusedBeforeTheServerHearsAnything(String evil) {
        List<Supplier<Object>> attempts = List.of(
                () -> EmailMessage.about(evil),
                () -> new MailAddress(evil, "a@example.test"),
                () -> MailAddress.of(evil + "@example.test"),
                () -> MailAddress.of("a@" + evil),
                () -> MailAddress.of("a@example.test>" + evil),
                () -> Attachment.of(evil, "text/plain", new byte[0]),
                () -> Attachment.of("a.txt", "text/plain; name=" + evil, new byte[0]),
                () -> Attachment.inline(evil, "image/png", new byte[0]),
                () -> EmailMessage.about("s").reference("<" + evil + ">"));

        for (Supplier<Object> attempt : attempts) {
            IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, attempt::get);
            assertFalse(String.valueOf(Leaks.saw(thrown).getMessage()).contains("evil"));
        }
        assertEquals(List.of(), smtp.commands());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.test,evil@example.test",
                "a@example.test>",
                "<a@example.test>",
                "a@b@example.test",
                "a b@example.test",
                "\"a b\"@example.test",
                "a@example.test SIZE=1",
                "@example.test",
                "a@",
                "a",
                "group:a@example.test;"
            })
    void T42_addressThatIsMoreThanOneAddress_isRefused(String evil) {
        assertThrows(IllegalArgumentException.class, () -> MailAddress.of(evil));
    }

    @Test
    void T42_dotsInTheText_doNotEndIt() throws InterruptedException {
        String evil = ".\r\nMAIL FROM:<evil@example.test>\r\nRCPT TO:<evil@example.test>\r\nDATA\r\n.\r\n..\n.\nQUIT";

        assertTrue(
                email.send(EmailMessage.about("s").to(ADA).text(evil).build()).accepted());

        onlyTheExpectedCommands();
        assertTrue(smtp.text().contains("..") && smtp.text().contains("..."));
    }

    @Test
    void T42_encodedWordTricks_stayWords() throws InterruptedException {
        String word = "=?UTF-8?B?DQpCY2M6IGV2aWxAZXhhbXBsZS50ZXN0?=";

        email.send(EmailMessage.about(word)
                .to(new MailAddress(word, "ada@example.test"))
                .text("x")
                .build());

        onlyTheExpectedCommands();
        assertTrue(smtp.text().stream().noneMatch(line -> line.startsWith("Bcc:")));
    }

    @Test
    void T42_hiddenCopies_areRecipientsAndNowhereInTheText() {
        email.send(EmailMessage.about("s")
                .to(ADA)
                .bcc(MailAddress.of("eve@example.test"))
                .text("x")
                .build());

        assertTrue(smtp.commands().contains("RCPT TO:<eve@example.test>"));
        assertTrue(smtp.text().stream().noneMatch(line -> line.contains("eve@")));
    }

    @Test
    void T42_folderWithLineBreak_isRefusedBeforeAnythingIsSent() throws Exception {
        try (ScriptedImap imap = new ScriptedImap("NOTHING", "x\r\n\r\n");
                Trunkline own = Trunkline.builder()
                        .connect(
                                "box",
                                Mail.account("127.0.0.1", "u", Secret.of("p"), DESK)
                                        .with(Mail.IMAP_HOST, "127.0.0.1")
                                        .with(Mail.IMAP_PORT, imap.port())
                                        .with(Mail.IMAP_SECURITY, MailSecurity.NONE))
                        .build()) {
            Email box = own.client(Email.class, "box");
            assertThrows(
                    IllegalArgumentException.class,
                    () -> box.fetch("INBOX\r\na1 DELETE INBOX", java.util.Optional.empty(), 1));
            assertThrows(IllegalArgumentException.class, () -> box.markSeen("a\nb", 1));
            assertThrows(IllegalArgumentException.class, () -> box.watch("a\nb", "1:1", batch -> {}));
            assertEquals(List.of(), imap.commands());
        }
    }

    @Test
    void send_serverWithoutStartTls_getsNeitherPasswordNorMail() {
        try (Trunkline strict = connected(MailSecurity.STARTTLS)) {
            assertThrows(
                    SecurityPolicyException.class,
                    () -> strict.client(Email.class, "smtp")
                            .send(EmailMessage.about("s").to(ADA).text("x").build()));
        }

        assertTrue(smtp.commands().stream().noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL")));
    }

    @Test
    void send_foreignScripts_travelAsAsciiOnTheWire() {
        email.send(EmailMessage.about("订单已发货")
                .to(new MailAddress("Jörg 王", "ada@bücher.test"))
                .text("x")
                .build());

        assertTrue(smtp.commands().contains("RCPT TO:<ada@xn--bcher-kva.test>"));
        assertTrue(smtp.text().stream()
                .filter(line -> line.matches("(?i)(to|subject):.*"))
                .allMatch(line -> line.chars().allMatch(character -> character < 128)));
        assertThrows(
                IllegalArgumentException.class,
                () -> email.send(EmailMessage.about("s")
                        .to(MailAddress.of("jörg@example.test"))
                        .text("x")
                        .build()));
    }

    @Test
    void send_bulkAndAutomaticMail_saySoInTheHead() {
        email.send(EmailMessage.about("s")
                .to(ADA)
                .text("x")
                .automatic()
                .unsubscribe(URI.create("https://calls.example.test/u/1"))
                .build());

        assertTrue(smtp.text().contains("List-Unsubscribe: <https://calls.example.test/u/1>"));
        assertTrue(smtp.text().contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
        assertTrue(smtp.text().contains("Auto-Submitted: auto-generated"));
        assertTrue(smtp.text().stream().anyMatch(line -> line.startsWith("X-Auto-Response-Suppress:")));
    }
}
