package io.trunkline.messaging.mail;

import io.trunkline.messaging.Attachment;
import io.trunkline.messaging.ReceivedEmail;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Collects text, HTML and files from a mail's tree of parts, within bounds: depth, number of parts, bytes of them all. */
final class MailParts {

    private static final int DEEPEST = 10;
    private static final int MOST_PARTS = 200;
    private static final int MOST_BYTES = 50 << 20;

    private final ReceivedEmail.Builder mail;
    private int count;
    private int bytes;
    private boolean text;
    private boolean html;

    MailParts(ReceivedEmail.Builder mail) {
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
            mail.text(MailText.of(part, content(part)));
        } else if (part.isMimeType("text/html") && !attached(part) && !html) {
            html = true;
            mail.html(MailText.of(part, content(part)));
        } else {
            mail.attach(file(part));
        }
    }

    private static boolean attached(Part part) throws MessagingException {
        return Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition()) || part.getFileName() != null;
    }

    private byte[] content(Part part) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            byte[] content = in.readNBytes(MOST_BYTES - bytes + 1);
            bytes += content.length;
            if (bytes > MOST_BYTES) {
                throw new MessagingException("the mail is too large");
            }
            return content;
        }
    }

    private Attachment file(Part part) throws MessagingException, IOException {
        String id = part instanceof MimePart mime ? mime.getContentID() : null;
        String type = part.getContentType().replaceAll("[;\\s].*", "").toLowerCase(Locale.ROOT);
        return new Attachment(
                name(part.getFileName()),
                type.matches("[\\w.+-]{1,64}/[\\w.+-]{1,64}") ? type : "application/octet-stream",
                content(part),
                id == null ? null : contentId(id));
    }

    /** A name that is one step of a path at most, and looks like what it is: no control, no change of direction. */
    private static String name(@Nullable String name) {
        String decoded = name == null ? "" : decoded(name);
        String safe = decoded.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}/\\\\:*?\"<>|]", "_")
                .replaceFirst("^[.\\s]+", "")
                .strip();
        String kept = safe.length() > 200 ? safe.substring(safe.length() - 200) : safe;
        return kept.isEmpty() ? "file" : kept;
    }

    private static String decoded(String name) {
        try {
            return MimeUtility.decodeText(name);
        } catch (UnsupportedEncodingException e) {
            return name;
        }
    }

    private static @Nullable String contentId(String id) {
        String bare = id.replaceAll("[<>\\s]", "");
        return bare.matches("[\\w.@-]{1,100}") ? bare : null;
    }
}
