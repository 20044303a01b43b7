package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.messaging.MessageQuery;
import io.trunkline.messaging.SendOutcome;
import io.trunkline.messaging.Sms;
import io.trunkline.messaging.SmsMessage;
import io.trunkline.value.CallOptions;
import io.trunkline.value.PhoneNumber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every connector that offers {@link Sms} must do, beside {@link ConnectorContract}. */
public abstract class SmsContract extends ConnectorContract {

    /** For subclasses. */
    protected SmsContract() {}

    /** How many messages the platform has taken in all. */
    protected abstract int effects();

    @Test
    final void sms_declaredCapabilities_workAndOthersThrowFirst() {
        List<Probe<Sms>> probes = new ArrayList<>(reading());
        probes.add(Probe.reading(Sms.SEND, s -> s.send(message("probe-1"))));
        probes.add(Probe.reading(Sms.RECONCILE, s -> s.reconcile(message("probe-2"))));
        String id = accepted(message("probe-0")).messageId();
        probes.add(Probe.reading(Sms.SCHEDULE, s -> s.cancel(id)));

        declaredWorksUndeclaredThrows(Sms.class, probes);
    }

    @Test
    final void sms_platformFails_readingEndsInTypedErrors() {
        failuresAreTyped(Sms.class, reading());
    }

    @Test
    final void sms_platformSilent_readingEndsAtTheDeadline() {
        deadlinesHold(Sms.class, reading());
    }

    private List<Probe<Sms>> reading() {
        String id = accepted(message("read")).messageId();
        return List.of(
                Probe.reading(Sms.GET, s -> s.get(id)),
                Probe.reading(Sms.LIST, s -> s.list(MessageQuery.all()).first()),
                Probe.reading(Sms.MEDIA, s -> s.media(id)));
    }

    @Test
    final void send_goodMessage_isAcceptedOnceAndPrintsNothing() {
        SmsMessage message = message("ref-1");

        SendOutcome.Accepted accepted = accepted(Leaks.printed(message));

        assertTrue(accepted.messageId().length() > 0);
        assertEquals(1, effects());
    }

    @Test
    final void send_connectionDiesAfterwards_isUnknownAndReconciledNotRepeated() {
        offering(Sms.class, Sms.SEND, Sms.RECONCILE);
        SmsMessage message = message("ref-2");
        platform().next(Fault.reset());

        SendOutcome outcome = client(Sms.class).send(message);

        assertInstanceOf(SendOutcome.Unknown.class, outcome);
        assertEquals(1, effects());
        assertInstanceOf(SendOutcome.Accepted.class, client(Sms.class).reconcile(message));
        assertEquals(1, effects());
    }

    @Test
    final void send_platformSilent_isUnknownAtTheDeadline() {
        offering(Sms.class, Sms.SEND, Sms.RECONCILE);
        platform().next(Fault.silence());
        Sms hurried = client(Sms.class).with(CallOptions.within(Duration.ofMillis(500)));

        assertInstanceOf(SendOutcome.Unknown.class, hurried.send(message("ref-3")));

        assertEquals(0, effects());
        assertFalse(client(Sms.class).reconcile(message("ref-3")) instanceof SendOutcome.Accepted);
    }

    @Test
    final void send_sameReferenceTwice_isOneMessage() {
        SmsMessage message = message("ref-6");
        SendOutcome.Accepted first = accepted(message);

        assertEquals(first.messageId(), accepted(message).messageId());

        assertEquals(1, effects());
    }

    @Test
    final void send_throttledThenFree_isAcceptedOnce() {
        platform().next(Fault.throttled("0"));

        accepted(message("ref-4"));

        assertEquals(1, effects());
    }

    @Test
    final void send_throttledForLong_isRejectedAndProvablyUnsent() {
        platform().next(Fault.throttled("3600"));

        SendOutcome outcome = client(Sms.class).send(message("ref-5"));

        assertTrue(outcome.provablyUnsent(), outcome::toString);
        assertEquals(0, effects());
    }

    private SendOutcome.Accepted accepted(SmsMessage message) {
        return assertInstanceOf(SendOutcome.Accepted.class, client(Sms.class).send(message));
    }

    private static SmsMessage message(String reference) {
        return SmsMessage.to(PhoneNumber.parse(Canary.phone()), reference)
                .text(Canary.text())
                .build();
    }
}
