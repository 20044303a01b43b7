package io.trunkline.messaging.durable;

import io.trunkline.auth.Macs;
import io.trunkline.delivery.AsideException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.InvalidRequestException;
import io.trunkline.messaging.Email;
import io.trunkline.messaging.EmailMessage;
import io.trunkline.messaging.EmailOutcome;
import io.trunkline.messaging.MailAddress;
import io.trunkline.messaging.SendOutcome;
import io.trunkline.outbox.Outbox;
import io.trunkline.outbox.OutboxEntry;
import io.trunkline.outbox.OutboxHandler;
import io.trunkline.store.Store;
import io.trunkline.value.CallOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mails by way of an outbox: one mail a key, in order for each first recipient, however long the server is down. Servers
 * cannot be asked what became of a mail, so one in doubt, or one that only some of its recipients have, is put aside.
 * Thread-safe.
 */
public final class DurableEmail {

    private static final String SEND = "email.send";

    private final Email email;
    private final Outbox outbox;
    private final @Nullable Store inside;

    private DurableEmail(Email email, Outbox outbox, @Nullable Store inside) {
        this.email = email;
        this.outbox = outbox;
        this.inside = inside;
    }

    /** The mail of a connection, sent by the connection's outbox, which is given the handler for it. */
    public static DurableEmail over(Email email, Outbox outbox) {
        outbox.on(SEND, sending(email));
        return new DurableEmail(email, outbox, null);
    }

    /** A view that sends what is sent in a transaction of the outbox's store: if that is committed. */
    public DurableEmail in(Store transaction) {
        return new DurableEmail(email, outbox, transaction);
    }

    /**
     * Sends a mail. The same key with the same mail is sent once.
     *
     * @param key the host's own id of the mail, 1 to 190 visible ASCII characters
     * @return the key by which {@link Outbox#result} tells what became of it
     * @throws InvalidRequestException if the mail is too large to be kept, about a mebibyte and a half with attachments
     * @throws io.trunkline.error.ConflictException if the key stands for another mail
     */
    public String send(String key, EmailMessage mail) {
        if (!email.can(Email.SEND)) {
            throw email.unsupported(Email.SEND);
        }
        byte[] payload = EmailPayload.of(mail);
        if (payload.length > OutboxEntry.LARGEST) {
            throw new InvalidRequestException(
                    "the mail is too large to be kept; send a link instead of the file",
                    ErrorContext.of(email.connection(), SEND, ErrorKind.INVALID_REQUEST),
                    null);
        }
        OutboxEntry entry = OutboxEntry.of(SEND, entity(mail), "email/" + key, payload);
        if (inside == null) {
            outbox.put(entry);
        } else {
            outbox.put(entry, inside);
        }
        return entry.key();
    }

    private static String entity(EmailMessage mail) {
        List<MailAddress> all = new ArrayList<>(mail.to());
        all.addAll(mail.cc());
        all.addAll(mail.bcc());
        return HexFormat.of().formatHex(Macs.sha256(all.get(0).address()), 0, 16);
    }

    private static OutboxHandler sending(Email email) {
        return entry -> {
            Email sender = email.with(CallOptions.bulk().idempotencyKey(entry.key()));
            return sent(sender.send(EmailPayload.mail(entry)), email.connection());
        };
    }

    private static String sent(EmailOutcome outcome, String connection) throws AsideException {
        Collection<SendOutcome> each = outcome.recipients().values();
        if (outcome.accepted()) {
            return outcome.messageId();
        }
        if (each.stream().allMatch(SendOutcome::provablyUnsent)) {
            SendOutcome mildest = each.stream()
                    .filter(refusal -> refusal instanceof SendOutcome.Rejected rejected
                            && Outcomes.kind(rejected.reason()) != ErrorKind.INVALID_REQUEST)
                    .findFirst()
                    .orElseGet(() -> each.iterator().next());
            throw Outcomes.failure(mildest, connection, SEND);
        }
        if (each.stream().allMatch(SendOutcome.Unknown.class::isInstance)) {
            throw Outcomes.failure(each.iterator().next(), connection, SEND);
        }
        throw new AsideException(count(each, SendOutcome.Accepted.class) + " recipients have the mail, "
                + count(each, SendOutcome.Rejected.class) + " do not, "
                + count(each, SendOutcome.Unknown.class) + " perhaps; what the others need must be sent anew");
    }

    private static long count(Collection<SendOutcome> each, Class<? extends SendOutcome> type) {
        return each.stream().filter(type::isInstance).count();
    }
}
