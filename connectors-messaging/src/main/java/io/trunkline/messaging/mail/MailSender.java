package io.trunkline.messaging.mail;

import io.trunkline.error.ErrorKind;
import io.trunkline.event.DeliveryStatus;
import io.trunkline.messaging.EmailMessage;
import io.trunkline.messaging.EmailOutcome;
import io.trunkline.messaging.MailAddress;
import io.trunkline.messaging.RejectReason;
import io.trunkline.messaging.SendOutcome;
import io.trunkline.value.Deadline;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPAddressSucceededException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/** Hands one mail over, and makes a result for each recipient of what the server said. */
final class MailSender {

    private final MailServers servers;

    MailSender(MailServers servers) {
        this.servers = servers;
    }

    EmailOutcome send(EmailMessage mail, Deadline deadline) {
        Session session = servers.session(deadline.remaining());
        MailAddress from = mail.from().orElseGet(() -> servers.settings().get(Mail.FROM));
        AtomicBoolean begun = new AtomicBoolean();
        try {
            MimeMessage message = MailComposer.compose(mail, from, servers.connection(), session);
            EmailOutcome outcome = handedOver(mail, message, session, deadline, begun);
            servers.health().ended(null);
            return outcome;
        } catch (MessagingException e) {
            servers.health().ended(MailErrors.kind(e));
            throw MailErrors.of(servers.connection(), "mail.send", e);
        }
    }

    private EmailOutcome handedOver(
            EmailMessage mail, MimeMessage message, Session session, Deadline deadline, AtomicBoolean begun)
            throws MessagingException {
        String id = message.getMessageID();
        List<Address> recipients = recipients(mail);
        try {
            MailDeadline.run(servers.connection(), deadline, () -> {
                try (Transport transport = servers.transport(session)) {
                    begun.set(true);
                    transport.sendMessage(message, recipients.toArray(Address[]::new));
                }
                return id;
            });
            return new EmailOutcome(id, all(recipients, new SendOutcome.Accepted(id, DeliveryStatus.SENT, 1)));
        } catch (SendFailedException e) {
            return new EmailOutcome(id, each(recipients, e, id));
        } catch (TimeoutException e) {
            servers.health().ended(ErrorKind.TIMEOUT);
            if (!begun.get()) {
                throw MailErrors.late(servers.connection(), "mail.send");
            }
            return new EmailOutcome(id, all(recipients, new SendOutcome.Unknown(id, "no answer in time")));
        } catch (MessagingException e) {
            if (!begun.get()) {
                throw e;
            }
            servers.health().ended(MailErrors.kind(e));
            return new EmailOutcome(id, all(recipients, new SendOutcome.Unknown(id, "the connection broke")));
        }
    }

    private static List<Address> recipients(EmailMessage mail) throws MessagingException {
        List<Address> recipients = new ArrayList<>();
        for (MailAddress address : Stream.of(mail.to(), mail.cc(), mail.bcc())
                .flatMap(List::stream)
                .distinct()
                .toList()) {
            recipients.add(MailComposer.address(address));
        }
        return recipients;
    }

    private static Map<String, SendOutcome> all(List<Address> recipients, SendOutcome outcome) {
        Map<String, SendOutcome> outcomes = new LinkedHashMap<>();
        recipients.forEach(recipient -> outcomes.put(bare(recipient), outcome));
        return outcomes;
    }

    /**
     * The chain of exceptions names each recipient, and its head says what became of the text. A recipient that was taken
     * has the mail only if the text was taken too.
     */
    private static Map<String, SendOutcome> each(List<Address> recipients, SendFailedException failure, String id) {
        SendOutcome text = text(failure, id);
        Map<String, SendOutcome> outcomes = all(recipients, text);
        for (Exception next = failure; next != null; next = following(next)) {
            if (next instanceof SMTPAddressFailedException refused) {
                outcomes.put(bare(refused.getAddress()), refused(refused.getReturnCode()));
            } else if (next instanceof SMTPAddressSucceededException taken) {
                outcomes.put(bare(taken.getAddress()), text);
            }
        }
        return outcomes;
    }

    private static SendOutcome text(SendFailedException failure, String id) {
        int code = failure instanceof SMTPSendFailedException whole ? whole.getReturnCode() : 0;
        if (code >= 200 && code < 300) {
            return new SendOutcome.Accepted(id, DeliveryStatus.SENT, 1);
        }
        if (code >= 400) {
            return refused(code);
        }
        return failure.getValidSentAddresses() == null && !(failure instanceof SMTPSendFailedException)
                ? new SendOutcome.Rejected(RejectReason.OTHER, "", "the mail server did not take the mail")
                : new SendOutcome.Unknown(id, "the connection broke after the text");
    }

    private static @Nullable Exception following(Exception failure) {
        return failure instanceof MessagingException mail ? mail.getNextException() : null;
    }

    private static SendOutcome refused(int code) {
        RejectReason reason = switch (code) {
            case 550, 551, 553, 501 -> RejectReason.INVALID_ADDRESS;
            case 552, 554 -> RejectReason.CONTENT;
            case 421, 450, 451, 452 -> RejectReason.UNAVAILABLE;
            default -> code < 500 ? RejectReason.UNAVAILABLE : RejectReason.OTHER;
        };
        return new SendOutcome.Rejected(reason, String.valueOf(code), "the mail server refused this recipient");
    }

    private static String bare(Address address) {
        return address instanceof InternetAddress internet ? internet.getAddress() : address.toString();
    }
}
