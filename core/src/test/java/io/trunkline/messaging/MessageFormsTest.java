package io.trunkline.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.event.DeliveryStatus;
import io.trunkline.value.PhoneNumber;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages and mails as they are made and as they come. */
final class MessageFormsTest {

    private static final PhoneNumber NUMBER = PhoneNumber.parse("+442079460000");

    @Test
    void sms_allParts_areAsTheyWereSet() {
        Template template = new Template("t1", Map.of("1", "Ada"));
        SmsMessage message = SmsMessage.to(NUMBER, "r-1")
                .text("hello")
                .over(MessageChannel.WHATSAPP)
                .media(URI.create("HTTPS://files.test/a.jpg"))
                .sender("+15005550006")
                .template(template)
                .scheduledAt(Instant.EPOCH)
                .build();

        assertEquals(NUMBER, message.to());
        assertEquals("hello", message.text());
        assertEquals(MessageChannel.WHATSAPP, message.channel());
        assertEquals(1, message.media().size());
        assertEquals(Optional.of("+15005550006"), message.sender());
        assertEquals(Optional.of(template), message.template());
        assertEquals(Optional.of(Instant.EPOCH), message.scheduledAt());
        assertEquals("SmsMessage[WHATSAPP r-1]", message.toString());
        assertEquals("", SmsMessage.to(NUMBER, "r").template(template).build().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\r\nb", "a\0", "\u0085x"})
    void sms_referenceThatIsNoLine_isRefused(String reference) {
        assertThrows(IllegalArgumentException.class, () -> SmsMessage.to(NUMBER, reference));
        assertThrows(IllegalArgumentException.class, () -> SmsMessage.to(NUMBER, "x".repeat(101)));
        assertThrows(NullPointerException.class, () -> SmsMessage.to(null, "r"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://a.test", "file:///etc/passwd", "ftp://a.test", "data:text/plain,x", "a.jpg", "//a.test/x"
            })
    void sms_mediaOfAnotherScheme_isRefused(String address) {
        assertThrows(
                IllegalArgumentException.class, () -> SmsMessage.to(NUMBER, "r").media(URI.create(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nBcc: x@y.test", "a\nb", "a\0b", "a\u0085b", "\r", "x\u001b"})
    void T42_lineBreaksInAnyPartOfAHead_areRefused(String text) {
        MailAddress address = MailAddress.of("a@b.test");
        assertThrows(IllegalArgumentException.class, () -> EmailMessage.about(text));
        assertThrows(IllegalArgumentException.class, () -> new MailAddress(text, "a@b.test"));
        assertThrows(IllegalArgumentException.class, () -> MailAddress.of("a@b.test" + text));
        assertThrows(IllegalArgumentException.class, () -> MailAddress.of(text + "@b.test"));
        assertThrows(IllegalArgumentException.class, () -> Attachment.of(text, "text/plain", new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> Attachment.of("a.txt", "text/plain" + text, new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> Attachment.inline(text, "image/png", new byte[0]));
        assertThrows(
                IllegalArgumentException.class,
                () -> EmailMessage.about("s").to(address).reference("<a" + text + "@b.test>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", "a\\b", "/etc/passwd", "C:\\x", " ", ""})
    void T38_attachmentThatNamesAPath_isRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> Attachment.of(name, "text/plain", new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> Attachment.of("x".repeat(201), "text/plain", new byte[0]));
    }

    @Test
    void email_allParts_areAsTheyWereSet() {
        MailAddress from = new MailAddress("Desk", "desk@example.test");
        EmailMessage message = EmailMessage.about("Subject")
                .to(MailAddress.of("a@example.test"))
                .cc(MailAddress.of("b@example.test"))
                .bcc(MailAddress.of("c@example.test"))
                .text("text")
                .html("<p>html</p>")
                .attach(Attachment.inline("logo", "image/png", new byte[] {1}))
                .reference("<1@example.test>")
                .from(from)
                .replyTo(from)
                .automatic()
                .build();

        assertEquals(
                1, message.to().size() * message.cc().size() * message.bcc().size());
        assertEquals(Optional.of("logo"), message.attachments().get(0).inlineId());
        assertEquals(List.of("<1@example.test>"), message.references());
        assertEquals(Optional.of(from), message.from());
        assertEquals(Optional.of(from), message.replyTo());
        assertTrue(message.automatic());
        assertEquals("EmailMessage[3 recipients]", message.toString());
        assertEquals(
                "<p>x</p>",
                EmailMessage.about("").to(from).html("<p>x</p>").build().html());
    }

    @Test
    void reply_toAReceivedMail_staysInItsThread() {
        MailAddress from = MailAddress.of("a@example.test");
        MailAddress back = MailAddress.of("list@example.test");
        ReceivedEmail received = ReceivedEmail.of(7, from)
                .subject("Invoice")
                .reference("<1@example.test>")
                .messageId("<2@example.test>")
                .replyTo(back)
                .build();

        EmailMessage reply = EmailMessage.reply(received).text("x").build();

        assertEquals("Re: Invoice", reply.subject());
        assertEquals(List.of(back), reply.to());
        assertEquals(List.of("<1@example.test>", "<2@example.test>"), reply.references());
        ReceivedEmail answered =
                ReceivedEmail.of(8, from).subject("RE: Invoice").build();
        assertEquals(
                "RE: Invoice", EmailMessage.reply(answered).text("x").build().subject());
        assertEquals(
                List.of(from), EmailMessage.reply(answered).text("x").build().to());
    }

    @ParameterizedTest
    @EnumSource(EmailKind.class)
    void receivedEmail_onlyOfAPerson_mayBeAnsweredByAMachine(EmailKind kind) {
        ReceivedEmail mail = ReceivedEmail.of(1, MailAddress.of("a@example.test"))
                .kind(kind)
                .to(MailAddress.of("b@example.test"))
                .text("t")
                .html("h")
                .attach(Attachment.of("a.txt", "text/plain", new byte[0]))
                .receivedAt(Instant.EPOCH)
                .build();

        assertEquals(kind == EmailKind.PERSONAL, mail.answerable());
        assertEquals("ReceivedEmail[1 " + kind + "]", mail.toString());
        assertEquals("th", mail.text() + mail.html());
        assertEquals(1, mail.attachments().size() + mail.references().size());
        assertEquals(Optional.empty(), mail.messageId());
    }

    @Test
    void outcomes_ofAMail_areAcceptedOnlyIfAllAre() {
        SendOutcome accepted = new SendOutcome.Accepted("1", DeliveryStatus.QUEUED, 1);
        SendOutcome rejected = new SendOutcome.Rejected(RejectReason.OPTED_OUT, "21610", "ask first");
        SendOutcome unknown = new SendOutcome.Unknown("r", "timeout");
        Map<String, SendOutcome> recipients = new LinkedHashMap<>(Map.of("a@example.test", accepted));
        EmailOutcome outcome = new EmailOutcome("<1@example.test>", recipients);
        recipients.put("b@example.test", rejected);

        assertTrue(outcome.accepted());
        assertFalse(new EmailOutcome("<1@example.test>", recipients).accepted());
        assertTrue(rejected.provablyUnsent());
        assertFalse(accepted.provablyUnsent() || unknown.provablyUnsent());
        assertEquals("EmailOutcome[1 recipients]", outcome.toString());
    }

    @Test
    void query_narrowed_keepsWhatWasSaidBefore() {
        MessageQuery query = MessageQuery.all().to(NUMBER).from(NUMBER).since(Instant.EPOCH);

        assertEquals(Optional.of(NUMBER), query.to());
        assertEquals(Optional.of(NUMBER), query.from());
        assertEquals(Optional.of(Instant.EPOCH), query.since());
        assertEquals(Optional.empty(), MessageQuery.all().from());
    }

    /** Receipts come late, twice and in any order; the status that all of them lead to is the same. */
    @Test
    void status_receiptsInAnyOrder_onlyRiseAndNeverLeaveAnEnd() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<DeliveryStatus> all = List.of(DeliveryStatus.values());
        for (int i = 0; i < 20_000; i++) {
            DeliveryStatus status = DeliveryStatus.QUEUED;
            for (int reports = random.nextInt(8); reports > 0; reports--) {
                DeliveryStatus before = status;
                DeliveryStatus reported = all.get(random.nextInt(all.size()));
                status = status.then(reported);
                assertEquals(status, status.then(reported), "seed " + seed);
                assertTrue(!before.terminal() || status == before, "seed " + seed);
                assertTrue(status == before || status == reported, "seed " + seed);
            }
        }
    }

    @Test
    void printed_peopleAndTexts_areNotShown() {
        MailAddress address = MailAddress.of(Canary.email());
        byte[] bytes = Canary.text().getBytes(StandardCharsets.UTF_8);
        Leaks.printed(ReceivedEmail.of(1, MailAddress.of("x@example.test"))
                .subject(Canary.text())
                .text(Canary.text())
                .build());
        Leaks.printed(new Media("1", "image/png", bytes));
        Leaks.printed(new Template("t", Map.of("1", Canary.text())));
        Leaks.printed(new EmailOutcome("<1@x>", Map.of(address.address(), new SendOutcome.Unknown("r", "c"))));
        assertFalse(address.toString().contains(address.address()));
    }
}
