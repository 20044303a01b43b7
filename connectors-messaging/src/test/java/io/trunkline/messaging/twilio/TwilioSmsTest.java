package io.trunkline.messaging.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.VirtualClock;
import io.trunkline.connector.CommonSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.error.ConfigurationException;
import io.trunkline.messaging.MessageChannel;
import io.trunkline.messaging.MessageQuery;
import io.trunkline.messaging.MessageRecord;
import io.trunkline.messaging.RejectReason;
import io.trunkline.messaging.SendOutcome;
import io.trunkline.messaging.Sms;
import io.trunkline.messaging.SmsMessage;
import io.trunkline.messaging.Template;
import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.Fault;
import io.trunkline.testkit.SmsContract;
import io.trunkline.testkit.SpecJudge;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeTwilio;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TwilioSmsTest extends SmsContract {

    private static final PhoneNumber TO = PhoneNumber.parse("+447700900123");

    private final FakeTwilio account = new FakeTwilio();

    @Override
    protected FakePlatform start() {
        return account.platform();
    }

    @Override
    protected ConnectorSetup setup(FakePlatform started) {
        return Twilio.account(FakeTwilio.SID, Secret.of(Canary.secret()))
                .with(CommonSettings.BASE_URL, List.of(started.uri()))
                .with(Twilio.FROM, "+15005550006")
                .with(Twilio.SERVICE_SID, FakeTwilio.SERVICE)
                .with(Twilio.STATUS_CALLBACK, URI.create("https://calls.example.test/twilio"));
    }

    @Override
    protected int effects() {
        return account.messages().size();
    }

    @Test
    void send_allParts_areOnTheWireAsDocumented() {
        client(Sms.class)
                .send(SmsMessage.to(TO, "r-1")
                        .over(MessageChannel.WHATSAPP)
                        .text("héllo & +")
                        .media(URI.create("https://files.example.test/a.png"))
                        .media(URI.create("https://files.example.test/b.png"))
                        .scheduledAt(Instant.parse("2026-12-01T08:00:00Z"))
                        .build());

        Map<String, List<String>> form = account.platform().last().form();
        assertEquals(List.of("whatsapp:+447700900123"), form.get("To"));
        assertEquals(List.of("whatsapp:+15005550006"), form.get("From"));
        assertEquals(List.of("héllo & +"), form.get("Body"));
        assertEquals(2, form.get("MediaUrl").size());
        assertEquals(List.of("fixed"), form.get("ScheduleType"));
        assertEquals(List.of("2026-12-01T08:00:00Z"), form.get("SendAt"));
        assertEquals(List.of("https://calls.example.test/twilio"), form.get("StatusCallback"));
    }

    @ParameterizedTest
    @CsvSource({"+447700900000,INVALID_ADDRESS,21211", "+447700900001,OPTED_OUT,21610"})
    void send_refusedByThePlatform_saysWhyAndMayBeSentAgain(String number, RejectReason reason, String code) {
        SmsMessage message =
                SmsMessage.to(PhoneNumber.parse(number), "r-2").text("x").build();

        SendOutcome.Rejected rejected =
                assertInstanceOf(SendOutcome.Rejected.class, client(Sms.class).send(message));

        assertEquals(reason, rejected.reason());
        assertEquals(code, rejected.platformCode());
        assertInstanceOf(SendOutcome.Rejected.class, client(Sms.class).send(message));
        assertEquals(2, account.platform().count());
    }

    @Test
    void send_withoutSender_isRefusedBeforeAnythingIsSent() {
        ConnectorSetup bare = Twilio.account(FakeTwilio.SID, Secret.of("t"))
                .with(CommonSettings.BASE_URL, List.of(account.platform().uri()));
        try (Trunkline trunkline = Watched.trunkline().connect("bare", bare).build()) {
            Sms sms = trunkline.client(Sms.class, "bare");
            assertThrows(
                    IllegalArgumentException.class,
                    () -> sms.send(SmsMessage.to(TO, "r").text("x").build()));
        }
        assertThrows(IllegalArgumentException.class, () -> client(Sms.class).get("../Calls"));
        assertThrows(
                IllegalArgumentException.class, () -> SmsMessage.to(TO, "r").build());
        assertThrows(
                ConfigurationException.class,
                () -> Watched.trunkline()
                        .connect("x", Twilio.account("AC1", Secret.of("t")))
                        .build());
        assertEquals(0, account.platform().count());
    }

    @Test
    void reconcile_minuteAfterAMessageThatNeverArrived_freesItsReference() {
        VirtualClock clock = VirtualClock.single();
        TimeSource time = TimeSource.of(clock::now, clock::nanos, clock::sleep);
        account.now(clock.now());
        SmsMessage message = SmsMessage.to(TO, "r-3").text("x").build();
        try (Trunkline trunkline = Watched.trunkline()
                .time(time)
                .connect("sms", setup(account.platform()))
                .build()) {
            Sms sms = trunkline.client(Sms.class, "sms");
            account.platform().next(Fault.answer(502, "text/plain", "bad gateway"));
            assertInstanceOf(SendOutcome.Unknown.class, sms.send(message));
            assertInstanceOf(SendOutcome.Unknown.class, sms.send(message));
            assertInstanceOf(SendOutcome.Unknown.class, sms.reconcile(message));
            clock.advance(Duration.ofSeconds(61));

            assertTrue(sms.reconcile(message).provablyUnsent());
            assertInstanceOf(SendOutcome.Accepted.class, sms.send(message));
        }
        assertEquals(1, effects());
    }

    @Test
    void reconcile_sameTextSentTwice_isNotTakenForTheOther() {
        SmsMessage first = SmsMessage.to(TO, "r-4").text("same").build();
        SmsMessage second = SmsMessage.to(TO, "r-5").text("same").build();
        assertInstanceOf(SendOutcome.Accepted.class, client(Sms.class).send(first));
        account.platform().next(Fault.status(502));
        assertInstanceOf(SendOutcome.Unknown.class, client(Sms.class).send(second));

        assertInstanceOf(SendOutcome.Unknown.class, client(Sms.class).reconcile(second));

        assertEquals(1, effects());
    }

    @Test
    void listGetCancelAndMedia_followThePlatform() {
        account.pageSize(2);
        for (int i = 0; i < 5; i++) {
            client(Sms.class).send(SmsMessage.to(TO, "m-" + i).text("t" + i).build());
        }
        SendOutcome scheduled = client(Sms.class)
                .send(SmsMessage.to(TO, "later")
                        .text("x")
                        .scheduledAt(Instant.parse("2026-12-01T08:00:00Z"))
                        .build());
        String id = ((SendOutcome.Accepted) scheduled).messageId();

        List<MessageRecord> all =
                client(Sms.class).list(MessageQuery.all()).stream().toList();
        assertEquals(6, all.stream().map(MessageRecord::messageId).distinct().count());
        assertTrue(client(Sms.class).cancel(id));
        assertTrue(!client(Sms.class).cancel(id));
        assertEquals(
                "canceled", client(Sms.class).get(id).orElseThrow().status().word());
        assertTrue(client(Sms.class).get("SM" + "f".repeat(32)).isEmpty());
        assertEquals("PNG", new String(client(Sms.class).media(id).get(0).content(), StandardCharsets.UTF_8));
    }

    @Test
    void exchanges_judgedByThePlatformsDescription_fitBothWays() {
        Optional<SpecJudge> judge = SpecJudge.load("twilio-api.json", "");
        Assumptions.assumeTrue(judge.isPresent(), "not run: no descriptions at -Dtrunkline.specs");
        listGetCancelAndMedia_followThePlatform();
        client(Sms.class)
                .list(MessageQuery.all().to(TO).since(Instant.parse("2026-01-01T00:00:00Z")))
                .first();
        client(Sms.class)
                .send(SmsMessage.to(TO, "tpl")
                        .template(new Template("HX" + "0".repeat(32), Map.of("1", "Ada")))
                        .build());
        client(Sms.class)
                .send(SmsMessage.to(TO, "media")
                        .media(URI.create("https://files.example.test/a.png"))
                        .build());

        // The description calls page links absolute; the platform's own examples are paths, as here.
        assertEquals(
                List.of(),
                judge.get().problems(account.platform().exchanges()).stream()
                        .filter(problem -> !problem.contains("RFC 3986 URI"))
                        .toList());
        // The bytes of a file are not part of the description.
        assertEquals(
                Set.of("GET"),
                Set.copyOf(judge.get().unjudged(account.platform().exchanges()).stream()
                        .map(operation -> operation.replaceAll(" .*/Media/ME.*", ""))
                        .toList()));
    }
}
