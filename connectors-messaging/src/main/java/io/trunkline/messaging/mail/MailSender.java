package io.trunkline.messaging.mail;

import io.trunkline.error.ErrorKind;
import io.trunkline.messaging.EmailMessage;
import io.trunkline.messaging.EmailOutcome;
import io.trunkline.messaging.MailAddress;
import io.trunkline.value.Deadline;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Hands one mail over. As long as the server has not asked for the text, nothing was sent and the failure says so. */
final class MailSender {

    private final MailServers servers;

    MailSender(MailServers servers) {
        this.servers = servers;
    }

    EmailOutcome send(EmailMessage mail, Deadline deadline) {
        MailSockets sockets = new MailSockets();
        Session session = servers.session(deadline.remaining(), sockets);
        MailAddress from = mail.from().orElseGet(() -> servers.settings().get(Mail.FROM));
        try {
            MailRecipients recipients = MailRecipients.of(mail);
            OutgoingMail message = MailComposer.compose(mail, from, servers.connection(), session);
            return outcome(message, recipients, talk(message, recipients, deadline, sockets));
        } catch (MessagingException e) {
            servers.health().ended(MailErrors.kind(e));
            throw MailErrors.of(servers.connection(), "mail.send", e);
        } catch (TimeoutException e) {
            servers.health().ended(ErrorKind.TIMEOUT);
            throw MailErrors.late(servers.connection(), "mail.send");
        }
    }

    /** How the talk failed, or null: the library reports even success by an exception, for each recipient's sake. */
    private @Nullable Exception talk(
            OutgoingMail message, MailRecipients recipients, Deadline deadline, MailSockets sockets)
            throws MessagingException, TimeoutException {
        Address[] addresses = recipients.addresses();
        try {
            MailDeadline.run(servers.connection(), deadline, sockets, () -> {
                try (Transport transport = servers.transport(message.session())) {
                    transport.sendMessage(message, addresses);
                }
                return message;
            });
            return null;
        } catch (SendFailedException e) {
            return e;
        } catch (MessagingException | TimeoutException e) {
            if (!message.leaving()) {
                throw e;
            }
            return e;
        }
    }

    private EmailOutcome outcome(OutgoingMail message, MailRecipients recipients, @Nullable Exception end)
            throws MessagingException {
        String id = message.id();
        if (end == null) {
            servers.health().ended(null);
            return recipients.accepted(id);
        }
        if (!(end instanceof SendFailedException failure)) {
            servers.health()
                    .ended(end instanceof MessagingException broken ? MailErrors.kind(broken) : ErrorKind.TIMEOUT);
            return recipients.unknown(id);
        }
        if (MailRecipients.broken(failure) && !message.leaving()) {
            throw failure;
        }
        servers.health().ended(MailRecipients.broken(failure) ? ErrorKind.TRANSPORT : null);
        return recipients.each(failure, id);
    }
}
