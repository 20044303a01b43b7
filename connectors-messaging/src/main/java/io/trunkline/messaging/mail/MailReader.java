package io.trunkline.messaging.mail;

import io.trunkline.messaging.Attachment;
import io.trunkline.messaging.MailAddress;
import io.trunkline.messaging.ReceivedEmail;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.InputStream;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a received mail of MIME, within bounds: depth, number of parts, size of a file. */
final class MailReader {

    private static final Pattern MESSAGE_ID = Pattern.compile("<[^\\s<>]{1,990}>");
    private static final int DEEPEST = 10;
    private static final int MOST_PARTS = 200;
    private static final int LARGEST_PART = 25 << 20;

    private final String connection;
    private final MailAddress own;

    MailReader(String connection, MailAddress own) {
        this.connection = connection;
        this.own = own;
    }

    /** Reads a mail; any exception means that it is not readable. */
    ReceivedEmail read(MimeMessage message, long uid) throws MessagingException, IOException {
        MailAddress from = first(message.getFrom()).orElseThrow(() -> new MessagingException("the mail has no sender"));
        ReceivedEmail.Builder mail = ReceivedEmail.of(uid, from)
                .kind(MailClassifier.kind(message, from, connection, own))
                .subject(oneLine(message.getSubject()));
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
        new Parts(mail).walk(message, 0);
        return mail.build();
    }

    /** Collects text, HTML and files from the tree of parts. */
    private static final class Parts {

        private final ReceivedEmail.Builder mail;
        private int count;
        private boolean text;
        private boolean html;

        Parts(ReceivedEmail.Builder mail) {
            this.mail = mail;
        }

        void walk(Part part, int depth) throws MessagingException, IOException {
            if (depth > DEEPEST || ++count > MOST_PARTS) {
                throw new MessagingException("the mail has too many parts");
            }
            if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
                for (int i = 0; i < parts.getCount(); i++) {
                    walk(parts.getBodyPart(i), depth + 1);
                }
            } else if (part.isMimeType("text/plain") && !attached(part) && !text) {
                text = true;
                mail.text(part.getContent().toString());
            } else if (part.isMimeType("text/html") && !attached(part) && !html) {
                html = true;
                mail.html(part.getContent().toString());
            } else {
                mail.attach(file(part));
            }
        }

        private static boolean attached(Part part) throws MessagingException {
            return Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition()) || part.getFileName() != null;
        }

        private static Attachment file(Part part) throws MessagingException, IOException {
            byte[] content;
            try (InputStream in = part.getInputStream()) {
                content = in.readNBytes(LARGEST_PART + 1);
            }
            if (content.length > LARGEST_PART) {
                throw new MessagingException("a file of the mail is too large");
            }
            String id = part instanceof MimePart mime ? mime.getContentID() : null;
            String type = part.getContentType().replaceAll("[;\\s].*", "").toLowerCase(Locale.ROOT);
            return new Attachment(
                    name(part.getFileName()),
                    type.matches("[\\w.+-]{1,64}/[\\w.+-]{1,64}") ? type : "application/octet-stream",
                    content,
                    id == null ? null : contentId(id));
        }

        private static String name(@Nullable String name) throws IOException {
            String decoded = name == null ? "" : MimeUtility.decodeText(name);
            String safe = decoded.replaceAll("[\\p{Cntrl}/\\\\]", "_").strip();
            return safe.isEmpty() ? "file" : safe.substring(0, Math.min(200, safe.length()));
        }

        private static @Nullable String contentId(String id) {
            String bare = id.replaceAll("[<>\\s]", "");
            return bare.matches("[\\w.@-]{1,100}") ? bare : null;
        }
    }

    private static Optional<MailAddress> first(Address @Nullable [] addresses) {
        return addresses == null || addresses.length == 0 ? Optional.empty() : address(addresses[0]);
    }

    private static Optional<MailAddress> address(Address address) {
        if (!(address instanceof InternetAddress internet)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MailAddress(oneLine(internet.getPersonal()), internet.getAddress()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String oneLine(@Nullable String text) {
        String line = text == null ? "" : text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.substring(0, Math.min(200, line.length()));
    }

    private static String header(MimeMessage message, String name) throws MessagingException {
        String value = message.getHeader(name, " ");
        return value == null ? "" : value;
    }
}
