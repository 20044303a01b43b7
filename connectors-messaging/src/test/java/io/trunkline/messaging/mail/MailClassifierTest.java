package io.trunkline.messaging.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.messaging.DeliveryFailure;
import io.trunkline.messaging.EmailKind;
import io.trunkline.messaging.MailAddress;
import io.trunkline.messaging.ReceivedEmail;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bounces, answers of machines, bulk and people, over mails written after the habits of many senders. */
final class MailClassifierTest {

    private static final MailAddress OWN = MailAddress.of("desk@example.test");

    /** A mail of the table and what it must be taken for. */
    record Sample(String name, EmailKind kind, String failed, String returned, String raw) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sample> samples() throws IOException {
        try (InputStream file = MailClassifierTest.class.getResourceAsStream("/mails.txt")) {
            String all = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(all.split("(?m)^===== ", -1)).skip(1).map(MailClassifierTest::sample);
        }
    }

    private static Sample sample(String text) {
        int line = text.indexOf('\n');
        String[] head = text.substring(0, line).split("\\|", -1);
        return new Sample(
                head[0].strip(),
                EmailKind.valueOf(head[1].strip()),
                head[2].strip(),
                head[3].strip(),
                text.substring(line + 1).replace("\n", "\r\n"));
    }

    private static ReceivedEmail read(String raw) throws Exception {
        Properties properties = new Properties();
        properties.put("mail.mime.address.strict", "false");
        properties.put("mail.mime.allowutf8", "true");
        MimeMessage message = new MimeMessage(
                Session.getInstance(properties), new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)));
        return new MailReader("desk", OWN).read(message, 1);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void read_mailOfTheTable_isWhatItIs(Sample sample) throws Exception {
        ReceivedEmail mail = read(sample.raw());

        assertEquals(sample.kind(), mail.kind());
        assertEquals(sample.kind() == EmailKind.PERSONAL, mail.answerable());
        if (!sample.failed().isEmpty()) {
            assertEquals(
                    List.of(sample.failed()),
                    mail.failures().stream().map(DeliveryFailure::address).toList());
            assertEquals(
                    sample.kind() == EmailKind.BOUNCE_PERMANENT,
                    mail.failures().get(0).permanent());
        }
        assertEquals(sample.returned(), mail.returnedMessageId().orElse(""));
    }

    @Test
    void read_wholeTable_confusesNothing() throws Exception {
        Map<String, Integer> confusion = new TreeMap<>();
        List<Sample> all = samples().toList();
        for (Sample sample : all) {
            confusion.merge(sample.kind() + " as " + read(sample.raw()).kind(), 1, Integer::sum);
        }

        assertTrue(all.size() >= 60, "only " + all.size() + " mails");
        System.out.println("mails " + all.size() + ", " + confusion);
        assertEquals(
                Map.of(
                        "AUTO_REPLY as AUTO_REPLY", 21,
                        "BOUNCE_PERMANENT as BOUNCE_PERMANENT", 16,
                        "BOUNCE_TRANSIENT as BOUNCE_TRANSIENT", 7,
                        "BULK as BULK", 9,
                        "PERSONAL as PERSONAL", 13),
                confusion);
    }

    @Test
    void read_reportOfSeveralRecipients_namesEachThatFailed() throws Exception {
        String report = samples()
                .filter(sample -> sample.name().equals("postfix-unknown-user"))
                .findFirst()
                .orElseThrow()
                .raw();
        List<String> groups = new ArrayList<>(List.of(
                "Final-Recipient: rfc822; late@shop.example\r\nAction: delayed\r\nStatus: 4.4.1",
                "Original-Recipient: rfc822;Old@shop.example\r\nFinal-Recipient: rfc822;new@shop.example\r\n"
                        + "Action: failed\r\nStatus:\r\n 5.2.1",
                "Final-Recipient: rfc822; good@shop.example\r\nAction: delivered\r\nStatus: 2.0.0"));
        String more = String.join("\r\n\r\n", groups);

        ReceivedEmail mail =
                read(report.replace("\r\n\r\nFinal-Recipient", "\r\n\r\n" + more + "\r\n\r\nFinal-Recipient"));

        assertEquals(
                List.of("late@shop.example 4.4.1", "Old@shop.example 5.2.1", "ann@shop.example 5.1.1"),
                mail.failures().stream()
                        .map(failure -> failure.address() + " " + failure.status())
                        .toList());
        assertEquals(EmailKind.BOUNCE_PERMANENT, mail.kind());
    }

    @ParameterizedTest
    @CsvSource({"desk@example.test,''", "DESK@EXAMPLE.TEST,''", "ann@shop.example,X-Trunkline-Connection: desk"})
    void read_ownMail_isOwnAndNotAnswered(String from, String header) throws Exception {
        ReceivedEmail mail = read("From: " + from + "\r\n" + (header.isEmpty() ? "" : header + "\r\n") + "\r\nx\r\n");

        assertEquals(EmailKind.OWN, mail.kind());
        assertEquals(false, mail.answerable());
    }
}
