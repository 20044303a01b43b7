package io.trunkline.messaging.mail;

import io.trunkline.messaging.EmailKind;
import io.trunkline.messaging.MailAddress;
import io.trunkline.messaging.ReceivedEmail;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Date;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a received mail of MIME: its head here, its parts in {@link MailParts}. */
final class MailReader {

    private static final Pattern MESSAGE_ID = Pattern.compile("<[^\\s<>]{1,990}>");
    private static final Pattern LOCAL = Pattern.compile("[\\w.-]{1,64}");
    private static final int LONGEST_SUBJECT = 800;
    private static final int LONGEST_NAME = 200;

    private final String connection;
    private final MailAddress own;

    MailReader(String connection, MailAddress own) {
        this.connection = connection;
        this.own = own;
    }

    /** Reads a mail; any exception means that it is not readable. */
    ReceivedEmail read(MimeMessage message, long uid) throws MessagingException, IOException {
        MailAddress from = first(message.getFrom()).orElseThrow(() -> new MessagingException("the mail has no sender"));
        ReceivedEmail.Builder mail =
                ReceivedEmail.of(uid, from).subject(oneLine(message.getSubject(), LONGEST_SUBJECT));
        if (connection.equals(header(message, MailComposer.MARK))
                || from.address().equalsIgnoreCase(own.address())) {
            mail.kind(EmailKind.OWN);
        } else {
            MailClassifier.classify(message, from, mail);
        }
        first(message.getReplyTo()).ifPresent(mail::replyTo);
        Address[] recipients = message.getAllRecipients();
        for (Address recipient : recipients == null ? new Address[0] : recipients) {
            address(recipient).ifPresent(mail::to);
        }
        Matcher references = MESSAGE_ID.matcher(header(message, "References") + " " + header(message, "In-Reply-To"));
        references.results().map(match -> match.group()).distinct().limit(100).forEach(mail::reference);
        Matcher id = MESSAGE_ID.matcher(header(message, "Message-ID"));
        if (id.find()) {
            mail.messageId(id.group());
        }
        Date received = message.getReceivedDate();
        if (received != null) {
            mail.receivedAt(received.toInstant());
        }
        new MailParts(mail).walk(message, 0);
        return mail.build();
    }

    private static Optional<MailAddress> first(Address @Nullable [] addresses) {
        return addresses == null || addresses.length == 0 ? Optional.empty() : address(addresses[0]);
    }

    private static Optional<MailAddress> address(Address address) {
        if (!(address instanceof InternetAddress internet)) {
            return Optional.empty();
        }
        String bare = String.valueOf(internet.getAddress());
        try {
            // Mail servers of some makes report as MAILER-DAEMON alone; the domain says that nobody can write there.
            String complete = LOCAL.matcher(bare).matches() ? bare + "@invalid" : bare;
            return Optional.of(new MailAddress(oneLine(internet.getPersonal(), LONGEST_NAME), complete));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String oneLine(@Nullable String text, int longest) {
        String line = text == null
                ? ""
                : text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ").strip();
        return line.substring(0, Math.min(longest, line.length()));
    }

    private static String header(MimeMessage message, String name) throws MessagingException {
        String value = message.getHeader(name, " ");
        return value == null ? "" : value;
    }
}
