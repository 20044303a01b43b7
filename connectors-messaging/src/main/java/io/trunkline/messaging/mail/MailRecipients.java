package io.trunkline.messaging.mail;

import io.trunkline.event.DeliveryStatus;
import io.trunkline.messaging.EmailMessage;
import io.trunkline.messaging.EmailOutcome;
import io.trunkline.messaging.MailAddress;
import io.trunkline.messaging.RejectReason;
import io.trunkline.messaging.SendOutcome;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/** All recipients of a mail, by the address on the wire, and what became of each. */
final class MailRecipients {

    private final Map<String, String> namedByWire = new LinkedHashMap<>();

    private MailRecipients() {}

    static MailRecipients of(EmailMessage mail) throws MessagingException {
        MailRecipients recipients = new MailRecipients();
        for (MailAddress address : Stream.of(mail.to(), mail.cc(), mail.bcc())
                .flatMap(List::stream)
                .toList()) {
            recipients.namedByWire.putIfAbsent(MailComposer.address(address).getAddress(), address.address());
        }
        return recipients;
    }

    Address[] addresses() throws MessagingException {
        return InternetAddress.parse(String.join(",", namedByWire.keySet()));
    }

    EmailOutcome accepted(String id) {
        return all(id, new SendOutcome.Accepted(id, DeliveryStatus.SENT, 1));
    }

    EmailOutcome unknown(String id) {
        return all(id, new SendOutcome.Unknown(id, "the server fell silent after the text had begun"));
    }

    /**
     * The chain of exceptions names each refused recipient, and its head says what became of the text. A recipient that
     * was taken has the mail only if the text was taken too.
     */
    EmailOutcome each(SendFailedException failure, String id) {
        SendOutcome text = text(failure, id);
        Map<String, SendOutcome> outcomes = new LinkedHashMap<>(all(id, text).recipients());
        for (Exception next = failure; next != null; next = following(next)) {
            if (next instanceof SMTPAddressFailedException refused) {
                String wire = refused.getAddress().getAddress();
                outcomes.put(namedByWire.getOrDefault(wire, wire), refused(refused.getReturnCode()));
            }
        }
        return new EmailOutcome(id, outcomes);
    }

    /** Whether the connection ended instead of an answer. */
    static boolean broken(SendFailedException failure) {
        for (Exception next = failure; next != null; next = following(next)) {
            boolean recipient = next instanceof SMTPAddressFailedException refused && refused.getReturnCode() < 200;
            boolean whole = next instanceof SMTPSendFailedException mail && mail.getReturnCode() < 200;
            if (recipient || whole) {
                return true;
            }
        }
        return false;
    }

    private EmailOutcome all(String id, SendOutcome outcome) {
        Map<String, SendOutcome> outcomes = new LinkedHashMap<>();
        namedByWire.values().forEach(recipient -> outcomes.put(recipient, outcome));
        return new EmailOutcome(id, outcomes);
    }

    private static SendOutcome text(SendFailedException failure, String id) {
        int code = failure instanceof SMTPSendFailedException whole ? whole.getReturnCode() : 0;
        if (code >= 200 && code < 300) {
            return new SendOutcome.Accepted(id, DeliveryStatus.SENT, 1);
        }
        if (code >= 400) {
            return refused(code);
        }
        return broken(failure)
                ? new SendOutcome.Unknown(id, "the connection broke after the text had begun")
                : new SendOutcome.Rejected(RejectReason.OTHER, "", "the mail server did not take the mail");
    }

    private static @Nullable Exception following(Exception failure) {
        return failure instanceof MessagingException mail ? mail.getNextException() : null;
    }

    private static SendOutcome refused(int code) {
        RejectReason reason = switch (code) {
            case 550, 551, 553, 501 -> RejectReason.INVALID_ADDRESS;
            case 552, 554 -> RejectReason.CONTENT;
            case 530, 535 -> RejectReason.CREDENTIAL;
            default -> code < 500 ? RejectReason.UNAVAILABLE : RejectReason.OTHER;
        };
        return new SendOutcome.Rejected(reason, String.valueOf(code), "the mail server refused this recipient");
    }
}
