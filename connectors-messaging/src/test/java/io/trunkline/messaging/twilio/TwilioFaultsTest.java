package io.trunkline.messaging.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.VirtualClock;
import io.trunkline.connector.CommonSettings;
import io.trunkline.error.ConnectorException;
import io.trunkline.messaging.RejectReason;
import io.trunkline.messaging.SendOutcome;
import io.trunkline.messaging.Sms;
import io.trunkline.messaging.SmsMessage;
import io.trunkline.messaging.Template;
import io.trunkline.testkit.Fault;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeTwilio;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sends while things go wrong, with the effects counted at the platform. The number of messages is 1,000 unless
 * {@code -Dtrunkline.posts} says otherwise; {@code -Dtrunkline.seed} replays a run.
 */
@Timeout(1800)
final class TwilioFaultsTest {

    private static final int SENDS = Integer.getInteger("trunkline.posts", 1_000);
    private static final PhoneNumber TO = PhoneNumber.parse("+447700900123");

    private final FakeTwilio account = new FakeTwilio();
    private final VirtualClock clock = VirtualClock.single();
    private final Trunkline trunkline = Watched.trunkline()
            .time(TimeSource.of(clock::now, clock::nanos, clock::sleep))
            .connect(
                    "sms",
                    Twilio.account(FakeTwilio.SID, Secret.of(Canary.secret()))
                            .with(
                                    CommonSettings.BASE_URL,
                                    List.of(account.platform().uri()))
                            .with(Twilio.FROM, "+15005550006"))
            .build();
    private final Sms sms = trunkline.client(Sms.class, "sms");

    @AfterEach
    void close() {
        trunkline.close();
        account.close();
    }

    @Test
    void sends_underRandomFaults_haveAtMostOneEffectAndReconciliationFindsTheTruth() {
        long seed = Long.getLong("trunkline.seed", System.nanoTime());
        Random random = new Random(seed);
        Map<String, SendOutcome> outcomes = sendAll(random);
        long unknown = outcomes.values().stream()
                .filter(SendOutcome.Unknown.class::isInstance)
                .count();
        System.out.printf("sends %d, unknown %.2f %%, seed %d%n", SENDS, 100.0 * unknown / SENDS, seed);
        assertTrue(unknown > SENDS / 50 && unknown < SENDS / 2, "faults did not bite, seed " + seed);

        clock.advance(Duration.ofMinutes(5));
        // A message that came close to one still unknown is told from it only when that one is known; and faults go on.
        for (int round = 0; round < 10; round++) {
            reconcile(outcomes);
        }

        Map<Object, Long> effects = account.messages().values().stream()
                .collect(Collectors.groupingBy(message -> message.get("body"), Collectors.counting()));
        effects.forEach((text, count) -> assertEquals(1, count, "effects of " + text + ", seed " + seed));
        for (int i = 0; i < SENDS; i++) {
            SendOutcome outcome = outcomes.get(message(i).reference());
            boolean sent = effects.containsKey(message(i).text());
            assertEquals(
                    sent ? SendOutcome.Accepted.class : SendOutcome.Rejected.class,
                    outcome.getClass(),
                    "message " + i + ", seed " + seed);
        }
    }

    @Test
    void reconcile_acceptedMessageThatWasRedactedThere_isStillAccepted() {
        SmsMessage message = message(1);
        SendOutcome.Accepted sent = assertInstanceOf(SendOutcome.Accepted.class, sms.send(message));
        account.messages().get(sent.messageId()).put("body", "");
        clock.advance(Duration.ofHours(1));

        assertEquals(sent.messageId(), ((SendOutcome.Accepted) sms.reconcile(message)).messageId());
        sms.send(message);

        assertEquals(1, account.messages().size());
    }

    @Test
    void reconcile_templateWhoseTextThePlatformFilledIn_isFoundByItsTime() {
        SmsMessage message = SmsMessage.to(TO, "tpl")
                .template(new Template("HX" + "0".repeat(32), Map.of("1", "Ada")))
                .build();
        account.now(clock.now());
        account.platform().next(Fault.reset());
        assertInstanceOf(SendOutcome.Unknown.class, sms.send(message));
        account.messages().values().forEach(sent -> sent.put("body", "Hello Ada"));
        clock.advance(Duration.ofMinutes(10));

        assertInstanceOf(SendOutcome.Accepted.class, sms.reconcile(message));
    }

    @Test
    void reconcile_textThatThePlatformChanged_staysUnknownAndIsNotSentAgain() {
        account.now(clock.now());
        account.platform().next(Fault.reset());
        assertInstanceOf(SendOutcome.Unknown.class, sms.send(message(1)));
        account.messages().values().forEach(sent -> sent.put("body", "number one"));
        clock.advance(Duration.ofMinutes(10));

        assertInstanceOf(SendOutcome.Unknown.class, sms.reconcile(message(1)));
        assertInstanceOf(SendOutcome.Unknown.class, sms.send(message(1)));

        assertEquals(1, account.messages().size());
    }

    @Test
    void reconcile_whileTheSendMayStillRun_doesNotFreeTheReference() {
        account.platform().next(Fault.status(502));
        assertInstanceOf(SendOutcome.Unknown.class, sms.send(message(1)));
        clock.advance(Duration.ofSeconds(59));

        assertInstanceOf(SendOutcome.Unknown.class, sms.reconcile(message(1)));
        clock.advance(Duration.ofSeconds(2));

        SendOutcome.Rejected free = assertInstanceOf(SendOutcome.Rejected.class, sms.reconcile(message(1)));
        assertEquals(RejectReason.UNAVAILABLE, free.reason());
    }

    private Map<String, SendOutcome> sendAll(Random random) {
        Map<String, SendOutcome> outcomes = new LinkedHashMap<>();
        for (int i = 0; i < SENDS; i++) {
            account.now(clock.now());
            account.platform().next(faults(random));
            SmsMessage message = message(i);
            outcomes.put(message.reference(), sms.send(message));
            // A caller that does not trust the first answer and asks again must not send again.
            if (random.nextInt(4) == 0 && !outcomes.get(message.reference()).provablyUnsent()) {
                sms.send(message);
            }
            clock.advance(Duration.ofSeconds(3));
        }
        return outcomes;
    }

    private void reconcile(Map<String, SendOutcome> outcomes) {
        for (int i = 0; i < SENDS; i++) {
            String reference = message(i).reference();
            if (outcomes.get(reference) instanceof SendOutcome.Unknown) {
                outcomes.put(reference, asked(message(i)));
            }
        }
    }

    private SendOutcome asked(SmsMessage message) {
        try {
            return sms.reconcile(message);
        } catch (ConnectorException e) {
            clock.advance(Duration.ofSeconds(30));
            return new SendOutcome.Unknown(message.reference(), "the question failed");
        }
    }

    private static SmsMessage message(int number) {
        PhoneNumber to = PhoneNumber.parse("+447700900" + (100 + number / 50 % 900));
        return SmsMessage.to(to, "ref-" + number).text("message " + number).build();
    }

    /** One fault in two; where the platform works before it breaks, the effect is there. */
    private static Fault[] faults(Random random) {
        return switch (random.nextInt(20)) {
            case 0, 1 -> new Fault[] {Fault.reset()};
            case 2 -> new Fault[] {Fault.cut()};
            case 3 -> new Fault[] {Fault.status(502)};
            case 4 -> new Fault[] {Fault.throttled("0")};
            case 5 -> new Fault[] {Fault.throttled("1"), Fault.reset()};
            case 6 -> new Fault[] {Fault.throttled("3600")};
            case 7 -> new Fault[] {Fault.answer(400, "application/json", "{\"code\":21610,\"status\":400}")};
            case 8 -> new Fault[] {Fault.webPage()};
            case 9 -> new Fault[] {Fault.answer(201, "application/json", "{\"sid\":\"SM")};
            default -> new Fault[] {Fault.none()};
        };
    }
}
