package io.trunkline.messaging.mail;

import io.trunkline.messaging.Attachment;
import io.trunkline.messaging.EmailMessage;
import io.trunkline.messaging.MailAddress;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;

/** Makes MIME of a mail: text and HTML as alternatives, inline pictures beside the HTML, files beside it all. */
final class MailComposer {

    /** Marks what a connection has sent itself, so that it does not answer itself. */
    static final String MARK = "X-Trunkline-Connection";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private MailComposer() {}

    static OutgoingMail compose(EmailMessage mail, MailAddress from, String connection, Session session)
            throws MessagingException {
        InternetAddress sender = address(from);
        String domain = sender.getAddress().substring(sender.getAddress().indexOf('@') + 1);
        OutgoingMail message = new OutgoingMail(session, "<" + token() + "@" + domain + ">");
        message.setFrom(sender);
        for (MailAddress to : mail.to()) {
            message.addRecipient(Message.RecipientType.TO, address(to));
        }
        for (MailAddress cc : mail.cc()) {
            message.addRecipient(Message.RecipientType.CC, address(cc));
        }
        if (mail.replyTo().isPresent()) {
            message.setReplyTo(new InternetAddress[] {address(mail.replyTo().get())});
        }
        message.setSubject(mail.subject(), UTF_8);
        message.setSentDate(Date.from(Instant.now()));
        head(message, mail, connection);
        content(message, mail);
        message.saveChanges();
        return message;
    }

    /** The address on the wire: its domain in ASCII, because not every server on the way takes anything else. */
    static InternetAddress address(MailAddress address) throws MessagingException {
        int at = address.address().indexOf('@');
        String local = address.address().substring(0, at);
        if (!local.chars().allMatch(character -> character < 128)) {
            throw new IllegalArgumentException("the part of a mail address before the @ must be ASCII");
        }
        try {
            String domain = IDN.toASCII(address.address().substring(at + 1));
            InternetAddress made = new InternetAddress(local + "@" + domain, address.name(), UTF_8);
            made.validate();
            return made;
        } catch (UnsupportedEncodingException e) {
            throw new MessagingException("a name cannot be encoded", e);
        }
    }

    private static void head(MimeMessage message, EmailMessage mail, String connection) throws MessagingException {
        message.setHeader(MARK, connection);
        List<String> references = mail.references();
        if (!references.isEmpty()) {
            message.setHeader("In-Reply-To", references.get(references.size() - 1));
            message.setHeader("References", String.join("\r\n ", references));
        }
        if (mail.unsubscribe().isPresent()) {
            message.setHeader("List-Unsubscribe", "<" + mail.unsubscribe().get().toASCIIString() + ">");
            message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        if (mail.automatic()) {
            message.setHeader("Auto-Submitted", references.isEmpty() ? "auto-generated" : "auto-replied");
            message.setHeader("X-Auto-Response-Suppress", "OOF, AutoReply");
        }
    }

    private static void content(MimeMessage message, EmailMessage mail) throws MessagingException {
        List<Attachment> files = mail.attachments().stream()
                .filter(file -> file.inlineId().isEmpty() || mail.html().isEmpty())
                .toList();
        if (files.isEmpty()) {
            text(message, mail);
            return;
        }
        MimeMultipart mixed = new MimeMultipart("mixed");
        MimeBodyPart first = new MimeBodyPart();
        text(first, mail);
        mixed.addBodyPart(first);
        for (Attachment file : files) {
            mixed.addBodyPart(file(file, Part.ATTACHMENT));
        }
        message.setContent(mixed);
    }

    private static void text(Part part, EmailMessage mail) throws MessagingException {
        if (mail.html().isEmpty()) {
            plain(part, mail.text());
        } else if (mail.text().isEmpty()) {
            html(part, mail);
        } else {
            MimeMultipart alternatives = new MimeMultipart("alternative");
            MimeBodyPart plain = new MimeBodyPart();
            plain(plain, mail.text());
            alternatives.addBodyPart(plain);
            MimeBodyPart html = new MimeBodyPart();
            html(html, mail);
            alternatives.addBodyPart(html);
            part.setContent(alternatives);
        }
    }

    private static void html(Part part, EmailMessage mail) throws MessagingException {
        List<Attachment> pictures = mail.attachments().stream()
                .filter(file -> file.inlineId().isPresent())
                .toList();
        if (pictures.isEmpty()) {
            part.setDataHandler(new DataHandler(bytes(mail.html(), "text/html; charset=UTF-8")));
            return;
        }
        MimeMultipart related = new MimeMultipart("related");
        MimeBodyPart html = new MimeBodyPart();
        html.setDataHandler(new DataHandler(bytes(mail.html(), "text/html; charset=UTF-8")));
        related.addBodyPart(html);
        for (Attachment picture : pictures) {
            MimeBodyPart shown = file(picture, Part.INLINE);
            shown.setContentID("<" + picture.inlineId().orElseThrow() + ">");
            related.addBodyPart(shown);
        }
        part.setContent(related);
    }

    private static void plain(Part part, String text) throws MessagingException {
        part.setDataHandler(new DataHandler(bytes(text, "text/plain; charset=UTF-8")));
    }

    private static MimeBodyPart file(Attachment file, String disposition) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(file.content(), file.contentType())));
        part.setFileName(file.name());
        part.setDisposition(disposition);
        return part;
    }

    private static ByteArrayDataSource bytes(String text, String type) {
        return new ByteArrayDataSource(text.getBytes(StandardCharsets.UTF_8), type);
    }

    private static String token() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
