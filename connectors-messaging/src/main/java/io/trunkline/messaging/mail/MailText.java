package io.trunkline.messaging.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;

/** Text of a part in the charset that it names, or in the likeliest where it names none that exists. */
final class MailText {

    private static final Charset CHINESE = Charset.forName("GB18030");
    private static final Charset WESTERN = Charset.forName("windows-1252");

    private MailText() {}

    static String of(Part part, byte[] content) throws MessagingException {
        Optional<Charset> named = named(part.getContentType());
        return named.isPresent() && !named.get().equals(StandardCharsets.UTF_8)
                ? new String(content, named.get())
                : likeliest(content);
    }

    private static Optional<Charset> named(String contentType) {
        try {
            String name = new ContentType(contentType).getParameter("charset");
            if (name == null || name.toLowerCase(Locale.ROOT).contains("ascii")) {
                return Optional.empty();
            }
            // Senders say gb2312 and write the characters of its successors.
            boolean chinese = name.toLowerCase(Locale.ROOT).matches("gb2312|gbk|x-gbk|gb_2312-80");
            return Optional.of(chinese ? CHINESE : Charset.forName(MimeUtility.javaCharset(name)));
        } catch (ParseException | IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    private static String likeliest(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(content, WESTERN);
        }
    }
}
