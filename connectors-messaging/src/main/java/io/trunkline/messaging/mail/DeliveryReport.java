package io.trunkline.messaging.mail;

import io.trunkline.messaging.DeliveryFailure;
import io.trunkline.messaging.EmailKind;
import io.trunkline.messaging.ReceivedEmail;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a mail says about the delivery of another: RFC 3464 where the sender keeps to it, and what others write instead. */
final class DeliveryReport {

    private static final Pattern GROUPS = Pattern.compile("\\r?\\n[ \\t]*\\r?\\n");
    private static final Pattern RECIPIENT =
            Pattern.compile("(?im)^(?:Original|Final)-Recipient:[^;\\r\\n]*;\\s*<?([^\\s<>]{3,320})");
    private static final Pattern ACTION = Pattern.compile("(?im)^Action:\\s*([a-z]+)");
    private static final Pattern STATUS = Pattern.compile("(?im)^Status:\\s*([245]\\.\\d{1,3}\\.\\d{1,3})");
    private static final Pattern DIAGNOSTIC = Pattern.compile("(?im)^Diagnostic-Code:[^;]*;\\s*([245])\\d\\d");
    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID:\\s*(<[^\\s<>]{1,990}>)");
    private static final Pattern LOOSE_STATUS = Pattern.compile("\\b([45]\\.\\d{1,3}\\.\\d{1,3})\\b");
    private static final Pattern LOOSE_CODE = Pattern.compile("\\b([45])[0-7]\\d[ -]");
    private static final int LONGEST = 64 << 10;

    private final List<DeliveryFailure> failures = new ArrayList<>();
    private @Nullable String returnedId;

    private DeliveryReport() {}

    /** A report of the standard's form; without failures it tells of a success or a receipt. */
    static DeliveryReport standard(MimeMessage message) throws MessagingException, IOException {
        DeliveryReport report = new DeliveryReport();
        if (message.getContent() instanceof Multipart parts) {
            for (int i = 0; i < Math.min(10, parts.getCount()); i++) {
                report.read(parts.getBodyPart(i));
            }
        }
        return report;
    }

    /** A report in prose, as mail servers wrote it before the standard, and some still do. */
    static DeliveryReport prose(MimeMessage message, boolean delayed) throws MessagingException, IOException {
        DeliveryReport report = new DeliveryReport();
        String text = text(message);
        Matcher status = LOOSE_STATUS.matcher(text);
        Matcher code = LOOSE_CODE.matcher(text);
        String found = status.find() ? status.group(1) : code.find() ? code.group(1) + ".0.0" : "5.0.0";
        boolean permanent = !delayed && found.startsWith("5");
        String[] addresses = message.getHeader("X-Failed-Recipients");
        for (String address : (addresses == null ? "" : String.join(",", addresses)).split("[,\\s]+", -1)) {
            report.failures.add(new DeliveryFailure(address, permanent ? found : "4" + found.substring(1), permanent));
        }
        report.returned(text);
        return report;
    }

    /** What it makes of the mail. */
    EmailKind kind() {
        if (failures.isEmpty()) {
            return EmailKind.AUTO_REPLY;
        }
        return failures.stream().anyMatch(DeliveryFailure::permanent)
                ? EmailKind.BOUNCE_PERMANENT
                : EmailKind.BOUNCE_TRANSIENT;
    }

    void tell(ReceivedEmail.Builder mail) {
        failures.stream().filter(failure -> !failure.address().isEmpty()).forEach(mail::failure);
        if (returnedId != null) {
            mail.returnedMessageId(returnedId);
        }
    }

    private void read(BodyPart part) throws MessagingException, IOException {
        if (part.isMimeType("message/delivery-status") || part.isMimeType("message/global-delivery-status")) {
            for (String group : GROUPS.split(text(part), -1)) {
                recipient(group);
            }
        } else if (part.isMimeType("text/rfc822-headers") || part.isMimeType("message/*")) {
            returned(text(part));
        }
    }

    private void recipient(String group) {
        String unfolded = group.replaceAll("\\r?\\n[ \\t]+", " ");
        String action = first(ACTION, unfolded).toLowerCase(Locale.ROOT);
        boolean late = action.equals("delayed");
        if (!late && !action.equals("failed")) {
            return;
        }
        String status = first(STATUS, unfolded);
        if (status.isEmpty() || status.startsWith("2")) {
            String said = first(DIAGNOSTIC, unfolded);
            status = said.isEmpty() ? (late ? "4.0.0" : "5.0.0") : said + ".0.0";
        }
        failures.add(new DeliveryFailure(first(RECIPIENT, unfolded), status, !late && status.startsWith("5")));
    }

    private void returned(String text) {
        String id = first(MESSAGE_ID, text);
        if (!id.isEmpty()) {
            returnedId = id;
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String text(Part part) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
        }
    }
}
