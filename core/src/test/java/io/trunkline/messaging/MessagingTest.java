package io.trunkline.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.VirtualClock;
import io.trunkline.event.DeliveryStatus;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.Store;
import io.trunkline.value.OpenEnum;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessagingTest {

    private static final SendOutcome.Accepted ACCEPTED = new SendOutcome.Accepted("SM1", DeliveryStatus.QUEUED, 1);
    private static final SendOutcome.Rejected REJECTED =
            new SendOutcome.Rejected(RejectReason.UNAVAILABLE, "", "later");

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final Store store = Store.inMemory(time);
    private final SendJournal journal = new SendJournal("sms", store, time);

    @Test
    void journal_sameReferenceAgain_givesWhatBecameOfIt() {
        assertEquals(Optional.empty(), journal.begin("r"));
        assertInstanceOf(SendOutcome.Unknown.class, journal.begin("r").orElseThrow());
        journal.ended("r", ACCEPTED);

        SendOutcome.Accepted again =
                assertInstanceOf(SendOutcome.Accepted.class, journal.begin("r").orElseThrow());

        assertEquals("SM1", again.messageId());
        assertTrue(journal.ownedByAnother("SM1", "other"));
        assertTrue(!journal.ownedByAnother("SM1", "r"));
    }

    @Test
    void journal_provablyUnsent_freesTheReference() {
        assertEquals(Optional.empty(), journal.begin("r"));
        journal.ended("r", REJECTED);

        assertEquals(Optional.empty(), journal.begin("r"));
    }

    @Test
    void journal_unknown_keepsTheReferenceAndItsTime() {
        journal.begin("r");
        clock.advance(Duration.ofMinutes(5));
        journal.ended("r", new SendOutcome.Unknown("r", "timeout"));

        assertInstanceOf(SendOutcome.Unknown.class, journal.begin("r").orElseThrow());
        assertEquals(clock.now().minusSeconds(300), journal.startedAt("r").orElseThrow());
    }

    @Test
    void journal_anotherConnection_hasItsOwnReferences() {
        journal.begin("r");

        assertEquals(Optional.empty(), new SendJournal("other", store, time).begin("r"));
    }

    @Test
    void journal_afterAWeek_hasForgotten() {
        journal.begin("r");
        clock.advance(Duration.ofDays(8));

        assertEquals(Optional.empty(), journal.begin("r"));
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUED,SENT,SENT",
        "SENT,QUEUED,SENT",
        "DELIVERED,SENT,DELIVERED",
        "DELIVERED,READ,READ",
        "READ,DELIVERED,READ",
        "SENT,FAILED,FAILED",
        "FAILED,DELIVERED,FAILED",
        "DELIVERED,FAILED,DELIVERED",
        "CANCELLED,SENT,CANCELLED",
        "QUEUED,CANCELLED,CANCELLED"
    })
    void status_reportsInAnyOrder_neverGoBack(DeliveryStatus now, DeliveryStatus reported, DeliveryStatus then) {
        assertEquals(then, now.then(reported));
    }

    @Test
    void sms_partsThatDoNotFit_areRefusedWithoutRepeatingThem() {
        PhoneNumber number = PhoneNumber.parse(Canary.phone());
        SmsMessage.Builder message = SmsMessage.to(number, "r");
        assertThrows(IllegalArgumentException.class, message::build);
        assertThrows(IllegalArgumentException.class, () -> message.text(" "));
        assertThrows(IllegalArgumentException.class, () -> message.text("x".repeat(1_601)));
        assertThrows(IllegalArgumentException.class, () -> message.media(URI.create("http://a.test/x")));
        assertThrows(IllegalArgumentException.class, () -> SmsMessage.to(number, ""));
        assertThrows(IllegalArgumentException.class, () -> new Template("", Map.of()));
        Leaks.printed(message.text(Canary.text()).build());
        assertEquals(MessageChannel.SMS, message.build().channel());
    }

    @Test
    void email_withoutRecipientOrText_isRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> EmailMessage.about("s").text("x").build());
        assertThrows(
                IllegalArgumentException.class,
                () -> EmailMessage.about("s").to(MailAddress.of("a@b.test")).build());
        EmailMessage.Builder many = EmailMessage.about("s").text("x");
        for (int i = 0; i < 101; i++) {
            many.to(MailAddress.of("a" + i + "@b.test"));
        }
        assertThrows(IllegalArgumentException.class, many::build);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "@b.test", "a@", "a b@c.test", "a@b.test,c@d.test", "<a@b.test>", "a@b\r\n.test"})
    void address_otherForms_areRefused(String address) {
        assertThrows(IllegalArgumentException.class, () -> MailAddress.of(address));
    }

    @Test
    void printed_peopleAndTexts_areNotShown() {
        String email = Canary.email();
        MailAddress address = new MailAddress(Canary.text(), email);
        String local = email.substring(0, email.indexOf('@'));
        assertTrue(!Leaks.printed(address).toString().contains(local));
        Leaks.printed(EmailMessage.about(Canary.text())
                .to(address)
                .text(Canary.text())
                .build());
        Leaks.printed(Attachment.of("a.txt", "text/plain", Canary.text().getBytes(StandardCharsets.UTF_8)));
        Leaks.printed(new MessageRecord(
                "1",
                Canary.phone(),
                Canary.phone(),
                Canary.text(),
                true,
                OpenEnum.of(DeliveryStatus.SENT),
                null,
                null));
        assertEquals(List.of(), MessageQuery.all().to().stream().toList());
    }
}
