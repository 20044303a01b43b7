package io.trunkline.messaging.mail;

import io.trunkline.messaging.EmailKind;
import io.trunkline.messaging.MailAddress;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells bounces and machines from people, by RFC 3464 and 3834 and the headers in use before them. */
final class MailClassifier {

    private static final Pattern STATUS = Pattern.compile("(?im)^Status:\\s*([245])\\.\\d{1,3}\\.\\d{1,3}");
    private static final Pattern NO_PERSON =
            Pattern.compile("(?i)(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+-].*)?@.*");
    private static final int LONGEST_REPORT = 64 << 10;

    private MailClassifier() {}

    static EmailKind kind(MimeMessage message, MailAddress from, String connection, MailAddress own)
            throws MessagingException, IOException {
        if (connection.equals(header(message, MailComposer.MARK))
                || from.address().equalsIgnoreCase(own.address())) {
            return EmailKind.OWN;
        }
        if (message.isMimeType("multipart/report")) {
            EmailKind bounce = bounce(message);
            return bounce == null ? EmailKind.AUTO_REPLY : bounce;
        }
        if (automatic(message)) {
            return EmailKind.AUTO_REPLY;
        }
        return bulk(message) || NO_PERSON.matcher(from.address()).matches() ? EmailKind.BULK : EmailKind.PERSONAL;
    }

    private static @Nullable EmailKind bounce(MimeMessage message) throws MessagingException, IOException {
        if (!(message.getContent() instanceof Multipart parts)) {
            return null;
        }
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart part = parts.getBodyPart(i);
            if (part.isMimeType("message/delivery-status")) {
                Matcher status = STATUS.matcher(text(part));
                boolean permanent = status.find() && status.group(1).equals("5");
                return permanent ? EmailKind.BOUNCE_PERMANENT : EmailKind.BOUNCE_TRANSIENT;
            }
        }
        return null;
    }

    private static boolean automatic(MimeMessage message) throws MessagingException {
        String submitted = header(message, "Auto-Submitted").toLowerCase(Locale.ROOT);
        boolean said = !submitted.isEmpty() && !submitted.startsWith("no");
        return said
                || !header(message, "X-Autoreply").isEmpty()
                || !header(message, "X-Autorespond").isEmpty()
                || header(message, "Precedence").equalsIgnoreCase("auto_reply")
                || header(message, "Return-Path").strip().equals("<>");
    }

    private static boolean bulk(MimeMessage message) throws MessagingException {
        String precedence = header(message, "Precedence").toLowerCase(Locale.ROOT);
        return precedence.equals("bulk")
                || precedence.equals("junk")
                || precedence.equals("list")
                || !header(message, "List-Id").isEmpty()
                || !header(message, "List-Unsubscribe").isEmpty();
    }

    private static String text(Part part) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            return new String(in.readNBytes(LONGEST_REPORT), StandardCharsets.UTF_8);
        }
    }

    private static String header(MimeMessage message, String name) throws MessagingException {
        String value = message.getHeader(name, ",");
        return value == null ? "" : value;
    }
}
