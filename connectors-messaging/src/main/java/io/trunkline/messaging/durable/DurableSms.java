package io.trunkline.messaging.durable;

import io.trunkline.auth.Macs;
import io.trunkline.connector.Capability;
import io.trunkline.delivery.LaterException;
import io.trunkline.messaging.MessageChannel;
import io.trunkline.messaging.SendOutcome;
import io.trunkline.messaging.Sms;
import io.trunkline.messaging.SmsMessage;
import io.trunkline.outbox.Outbox;
import io.trunkline.outbox.OutboxEntry;
import io.trunkline.outbox.OutboxHandler;
import io.trunkline.outbox.Reconciliation;
import io.trunkline.store.Store;
import io.trunkline.value.CallOptions;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Text messages by way of an outbox: one message a reference, in order for each recipient, however long the platform is
 * down; one with a validity is not sent after it. Thread-safe.
 */
public final class DurableSms {

    private static final String SEND = "sms.send";

    private final Sms sms;
    private final Outbox outbox;
    private final @Nullable Store inside;

    private DurableSms(Sms sms, Outbox outbox, @Nullable Store inside) {
        this.sms = sms;
        this.outbox = outbox;
        this.inside = inside;
    }

    /** The messages of a connection, sent by the connection's outbox, which is given the handler for them. */
    public static DurableSms over(Sms sms, Outbox outbox, TimeSource time) {
        outbox.on(SEND, new Sending(sms, time));
        return new DurableSms(sms, outbox, null);
    }

    /** A view that sends what is sent in a transaction of the outbox's store: if that is committed. */
    public DurableSms in(Store transaction) {
        return new DurableSms(sms, outbox, transaction);
    }

    /**
     * Sends a message. The same reference with the same message is sent once.
     *
     * @return the key by which {@link Outbox#result} tells what became of it
     * @throws io.trunkline.error.UnsupportedCapabilityException if the connector does not send such a message
     * @throws io.trunkline.error.ConflictException if the reference stands for another message
     */
    public String send(SmsMessage message) {
        require(true, Sms.SEND);
        require(message.channel() == MessageChannel.WHATSAPP, Sms.WHATSAPP);
        require(!message.media().isEmpty(), Sms.SEND_MEDIA);
        require(message.template().isPresent(), Sms.TEMPLATES);
        require(message.scheduledAt().isPresent(), Sms.SCHEDULE);
        require(message.validFor().isPresent(), Sms.VALIDITY);
        OutboxEntry always =
                OutboxEntry.of(SEND, hash(message.to().e164()), key(message.reference()), SmsPayload.of(message));
        OutboxEntry entry = message.validFor().map(always::validFor).orElse(always);
        if (inside == null) {
            outbox.put(entry);
        } else {
            outbox.put(entry, inside);
        }
        return entry.key();
    }

    private void require(boolean needed, Capability capability) {
        if (needed && !sms.can(capability)) {
            throw sms.unsupported(capability);
        }
    }

    private static String key(String reference) {
        boolean plain = reference.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        return "sms/" + (plain ? reference : hash(reference));
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(Macs.sha256(text), 0, 16);
    }

    /** Sends by the connection, and asks it where a message may be out already. */
    private record Sending(Sms sms, TimeSource time) implements OutboxHandler {

        private static final Duration PATIENCE = Duration.ofMinutes(30);
        private static final Duration PAUSE = Duration.ofMinutes(5);

        @Override
        public String write(OutboxEntry entry) {
            SendOutcome outcome = with(entry).send(SmsPayload.message(entry));
            if (outcome instanceof SendOutcome.Accepted accepted) {
                return accepted.messageId();
            }
            throw Outcomes.failure(outcome, sms.connection(), SEND);
        }

        @Override
        public Reconciliation reconcile(OutboxEntry entry, Instant begun) throws LaterException {
            if (!sms.can(Sms.RECONCILE)) {
                return new Reconciliation.CannotTell("the platform cannot be asked for a message");
            }
            SendOutcome outcome = with(entry).reconcile(SmsPayload.message(entry));
            if (outcome instanceof SendOutcome.Accepted accepted) {
                return new Reconciliation.Done(accepted.messageId());
            }
            if (outcome instanceof SendOutcome.Unknown unknown) {
                // What is known of other messages tomorrow, or in a minute, may tell what became of this one.
                if (time.now().isBefore(begun.plus(PATIENCE))) {
                    throw new LaterException(time.now().plus(PAUSE), unknown.cause());
                }
                return new Reconciliation.CannotTell(unknown.cause());
            }
            return new Reconciliation.NotDone();
        }

        private Sms with(OutboxEntry entry) {
            return sms.with(CallOptions.bulk().idempotencyKey(entry.key()));
        }
    }
}
