package io.trunkline.messaging;

import io.trunkline.connector.Capability;
import io.trunkline.connector.Client;
import io.trunkline.value.Paged;
import java.util.List;
import java.util.Optional;

/**
 * Text messages of one connection. Bad input throws {@link IllegalArgumentException} or
 * {@link io.trunkline.error.InvalidRequestException} before anything is sent; a refusal by the platform is an outcome.
 */
public interface Sms extends Client<Sms> {

    /** {@link #send}. */
    Capability SEND = Capability.of("sms.send");

    /** Sends over WhatsApp as well. */
    Capability WHATSAPP = Capability.of("sms.whatsapp");

    /** Sends pictures and files. */
    Capability SEND_MEDIA = Capability.of("sms.send-media");

    /** Sends approved templates. */
    Capability TEMPLATES = Capability.of("sms.templates");

    /** Sends at a later time, and {@link #cancel}. */
    Capability SCHEDULE = Capability.of("sms.schedule");

    /** Gives up on a message after {@link SmsMessage#validFor a time}. */
    Capability VALIDITY = Capability.of("sms.validity");

    /** {@link #reconcile}. */
    Capability RECONCILE = Capability.of("sms.reconcile");

    /** {@link #get}. */
    Capability GET = Capability.of("sms.get");

    /** {@link #list}. */
    Capability LIST = Capability.of("sms.list");

    /** {@link #media}. */
    Capability MEDIA = Capability.of("sms.media");

    /** Sends a message, at most once. A message whose outcome is unknown is not repeated. */
    default SendOutcome send(SmsMessage message) {
        throw unsupported(SEND);
    }

    /**
     * Asks the platform what became of a message whose outcome was unknown. An answer of {@link SendOutcome.Rejected}
     * with {@link RejectReason#UNAVAILABLE} says that the platform never had it, so it may be sent again.
     */
    default SendOutcome reconcile(SmsMessage message) {
        throw unsupported(RECONCILE);
    }

    /** A message by the platform's id; empty if the platform does not have it. */
    default Optional<MessageRecord> get(String messageId) {
        throw unsupported(GET);
    }

    /** Messages, newest first. */
    default Paged<MessageRecord> list(MessageQuery query) {
        throw unsupported(LIST);
    }

    /** The files of a message, each at most 16 MiB. */
    default List<Media> media(String messageId) {
        throw unsupported(MEDIA);
    }

    /** Calls back a scheduled message; false if it was too late. */
    default boolean cancel(String messageId) {
        throw unsupported(SCHEDULE);
    }
}
