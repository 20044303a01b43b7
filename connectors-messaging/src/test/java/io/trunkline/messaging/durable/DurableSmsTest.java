package io.trunkline.messaging.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.VirtualClock;
import io.trunkline.connector.Capability;
import io.trunkline.connector.CommonSettings;
import io.trunkline.error.ConflictException;
import io.trunkline.error.UnsupportedCapabilityException;
import io.trunkline.messaging.MessageChannel;
import io.trunkline.messaging.SendOutcome;
import io.trunkline.messaging.Sms;
import io.trunkline.messaging.SmsMessage;
import io.trunkline.messaging.Template;
import io.trunkline.messaging.twilio.Twilio;
import io.trunkline.outbox.Outbox;
import io.trunkline.outbox.OutboxEntry;
import io.trunkline.outbox.OutboxResult;
import io.trunkline.store.Store;
import io.trunkline.testkit.Fault;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeTwilio;
import io.trunkline.value.CallOptions;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A message goes out once, whether or not the platform is there when it is handed over. */
@Timeout(300)
final class DurableSmsTest {

    private static final int SENDS = 150;

    private final PhoneNumber customer = PhoneNumber.parse(Canary.phone());
    private final FakeTwilio account = new FakeTwilio();
    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = TimeSource.of(clock::now, clock::nanos, this::pass);
    private final Store store = Store.inMemory(time);
    private final Trunkline trunkline = Watched.trunkline()
            .time(time)
            .store(store)
            .connect(
                    "sms",
                    Twilio.account(FakeTwilio.SID, Secret.of(Canary.secret()))
                            .with(
                                    CommonSettings.BASE_URL,
                                    List.of(account.platform().uri()))
                            .with(Twilio.FROM, "+15005550006"))
            .build();
    private final Outbox outbox = new Outbox("sms", store, time);
    private final DurableSms sms = DurableSms.over(trunkline.client(Sms.class, "sms"), outbox, time);

    @BeforeEach
    void sameTime() {
        account.now(clock.now());
    }

    @AfterEach
    void close() {
        trunkline.close();
        account.close();
    }

    @Test
    void send_platformDownForHours_goesOutOnceAndInOrder() {
        account.platform().always(Fault.status(429));
        for (int number = 0; number < 5; number++) {
            sms.send(message(number));
            sms.send(message(number));
        }
        live(Duration.ofHours(5));
        assertEquals(0, account.messages().size());

        account.platform().always(Fault.none());
        live(Duration.ofMinutes(20));

        assertEquals(
                List.of("message 0", "message 1", "message 2", "message 3", "message 4"),
                account.messages().values().stream()
                        .map(sent -> sent.get("body"))
                        .toList());
    }

    @Test
    void send_answerThatNeverCame_isFoundAndTellsTheMessagesId() {
        account.platform().next(Fault.reset());
        String key = sms.send(message(1));

        live(Duration.ofMinutes(5));

        assertEquals(1, account.messages().size());
        assertEquals(account.messages().keySet().iterator().next(), done(key).platformId());
    }

    @Test
    void send_answerOfAGatewayInFront_isSentAgainWhenThePlatformDoesNotHaveIt() {
        account.platform().next(Fault.status(502));
        String key = sms.send(message(1));

        live(Duration.ofMinutes(1));
        assertEquals(0, account.messages().size());
        live(Duration.ofMinutes(10));

        assertEquals(1, account.messages().size());
        assertEquals(account.messages().keySet().iterator().next(), done(key).platformId());
    }

    @Test
    void send_textThatThePlatformChanged_isPutAsideAfterPatienceAndNotSentAgain() {
        account.platform().next(Fault.reset());
        String key = sms.send(message(1));
        outbox.work();
        account.messages().values().forEach(sent -> sent.put("body", "mess@ge 1"));

        live(Duration.ofMinutes(20));
        assertInstanceOf(OutboxResult.Pending.class, outbox.result(key).orElseThrow());
        live(Duration.ofMinutes(30));

        assertEquals(1, account.messages().size());
        assertInstanceOf(OutboxResult.Dead.class, outbox.result(key).orElseThrow());
    }

    @Test
    void send_optedOut_isPutAsideAtOnceWithTheReason() {
        SmsMessage unwanted = SmsMessage.to(PhoneNumber.parse("+447700900001"), "ref")
                .text("hello")
                .build();
        account.platform().next(Fault.answer(400, "application/json", "{\"code\":21610,\"status\":400}"));
        String key = sms.send(unwanted);

        outbox.work();

        OutboxResult.Dead dead =
                assertInstanceOf(OutboxResult.Dead.class, outbox.result(key).orElseThrow());
        assertTrue(dead.reason().contains("OPTED_OUT"), dead.reason());
        assertEquals(0, account.messages().size());
    }

    @Test
    void send_codeWhoseTimeIsOver_isNotSentAnyMore() {
        account.platform().always(Fault.status(429));
        String key = sms.send(SmsMessage.to(customer, "login")
                .text("Your code is 1234")
                .validFor(Duration.ofMinutes(5))
                .build());

        live(Duration.ofMinutes(30));
        account.platform().always(Fault.none());
        live(Duration.ofMinutes(30));

        assertEquals(0, account.messages().size());
        assertInstanceOf(OutboxResult.Dead.class, outbox.result(key).orElseThrow());
    }

    @Test
    void send_referenceOfAnotherMessage_isAConflict() {
        sms.send(message(1));

        assertThrows(
                ConflictException.class,
                () -> sms.send(SmsMessage.to(customer, "ref-1").text("another").build()));
    }

    @Test
    void send_referencesOfAnyForm_areKeysOfTheirOwn() {
        String umlaut =
                sms.send(SmsMessage.to(customer, "Anfrage ä 1").text("a").build());
        String other = sms.send(SmsMessage.to(customer, "Anfrage ö 1").text("a").build());

        live(Duration.ofMinutes(1));

        assertFalse(done(umlaut).platformId().equals(done(other).platformId()));
        assertEquals(2, account.messages().size());
    }

    @Test
    void send_whatTheConnectorDoesNotOffer_isRefusedBeforeItIsKept() {
        DurableSms plain = DurableSms.over(new Plain(), new Outbox("plain", store, time), time);
        SmsMessage.Builder text = SmsMessage.to(customer, "ref").text("hello");
        plain.send(text.build());

        for (SmsMessage message : List.of(
                SmsMessage.to(customer, "r1")
                        .text("x")
                        .over(MessageChannel.WHATSAPP)
                        .build(),
                SmsMessage.to(customer, "r2")
                        .media(URI.create("https://a.test/p"))
                        .build(),
                SmsMessage.to(customer, "r3")
                        .template(new Template("t", Map.of()))
                        .build(),
                SmsMessage.to(customer, "r4").text("x").scheduledAt(clock.now()).build(),
                SmsMessage.to(customer, "r5")
                        .text("x")
                        .validFor(Duration.ofHours(1))
                        .build())) {
            assertThrows(UnsupportedCapabilityException.class, () -> plain.send(message));
        }
        Optional<String> none = Optional.empty();
        String queue = new Outbox("plain", store, time).queueName();
        assertEquals(1, store.queue(queue).pending(none, 10).items().size());
    }

    @Test
    void send_inATransactionThatIsUndone_leavesNothing() {
        assertThrows(
                IllegalStateException.class,
                () -> store.atomically(inside -> {
                    sms.in(inside).send(message(1));
                    throw new IllegalStateException("undone");
                }));
        live(Duration.ofMinutes(1));

        assertEquals(0, account.messages().size());
    }

    @Test
    void send_underRandomFaults_hasAtMostOneEffectAndNoneIsForgotten() {
        long seed = Long.getLong("trunkline.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int number = 0; number < SENDS; number++) {
            account.platform().next(fault(random));
            PhoneNumber one = PhoneNumber.parse("+4477009001" + (10 + number % 20));
            sms.send(SmsMessage.to(one, "ref-" + number)
                    .text("message " + number)
                    .build());
            live(Duration.ofSeconds(10));
        }
        live(Duration.ofHours(30));

        Map<Object, Integer> effects = new HashMap<>();
        account.messages().values().forEach(sent -> effects.merge(sent.get("body"), 1, Integer::sum));
        int aside = 0;
        for (int number = 0; number < SENDS; number++) {
            OutboxResult result = outbox.result("sms/ref-" + number).orElseThrow();
            int sent = effects.getOrDefault("message " + number, 0);
            boolean done = result instanceof OutboxResult.Done;
            assertTrue(sent == 1 || (sent == 0 && !done), sent + " of " + number + ", seed " + seed);
            assertFalse(result instanceof OutboxResult.Pending, number + " waits for ever, seed " + seed);
            aside += done ? 0 : 1;
        }
        System.out.println("durable sends under faults: " + aside + " of " + SENDS + " put aside, seed " + seed);
        assertTrue(aside < SENDS / 10, aside + " put aside, seed " + seed);
    }

    @Test
    void payload_everyPart_comesBackAsItWas() {
        SmsMessage message = SmsMessage.to(customer, "ref")
                .over(MessageChannel.WHATSAPP)
                .text("hello")
                .media(URI.create("https://a.test/p"))
                .sender("MG1")
                .template(new Template("HX1", Map.of("1", "Ada")))
                .scheduledAt(Instant.parse("2026-03-01T09:00:00Z"))
                .validFor(Duration.ofMinutes(90))
                .build();

        SmsMessage back = SmsPayload.message(OutboxEntry.of("k", "e", "k", SmsPayload.of(message)));

        assertEquals(message.to().e164(), back.to().e164());
        assertEquals(message.reference(), back.reference());
        assertEquals(message.channel(), back.channel());
        assertEquals(message.text(), back.text());
        assertEquals(message.media(), back.media());
        assertEquals(message.sender(), back.sender());
        assertEquals(message.template(), back.template());
        assertEquals(message.scheduledAt(), back.scheduledAt());
        assertEquals(message.validFor(), back.validFor());
    }

    /** A connector that sends texts and nothing else. */
    private record Plain() implements Sms {

        @Override
        public String connection() {
            return "plain";
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of(Sms.SEND);
        }

        @Override
        public Sms with(CallOptions options) {
            return this;
        }

        @Override
        public SendOutcome send(SmsMessage message) {
            throw new AssertionError("nothing is sent in this test");
        }
    }

    private OutboxResult.Done done(String key) {
        return assertInstanceOf(OutboxResult.Done.class, outbox.result(key).orElseThrow());
    }

    private SmsMessage message(int number) {
        return SmsMessage.to(customer, "ref-" + number)
                .text("message " + number)
                .build();
    }

    private void live(Duration duration) {
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plusSeconds(10)) {
            while (outbox.work() > 0) {
                Thread.onSpinWait();
            }
            pass(Duration.ofSeconds(10));
        }
    }

    /** Time passes here and at the platform alike. */
    private void pass(Duration duration) {
        clock.advance(duration);
        account.now(clock.now());
    }

    private static Fault fault(Random random) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> Fault.reset();
            case 2 -> Fault.cut();
            case 3 -> Fault.status(502);
            case 4 -> Fault.throttled("60");
            case 5 -> Fault.webPage();
            default -> Fault.none();
        };
    }
}
