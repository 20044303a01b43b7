package io.trunkline.messaging.mail;

import io.trunkline.messaging.EmailKind;
import io.trunkline.messaging.MailAddress;
import io.trunkline.messaging.ReceivedEmail;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells bounces and machines from people, by RFC 3464 and 3834 and the headers in use beside them. */
final class MailClassifier {

    private static final Pattern DAEMON = Pattern.compile("(?i)(mailer-daemon|postmaster|mail-?daemon)(@.*)?");
    private static final Pattern NO_PERSON = Pattern.compile(
            "(?i)([\\w.-]*(no-?_?reply|do-?not-?reply|donotreply|nicht-?antworten)[\\w.-]*|mailer-daemon|postmaster|bounces?)"
                    + "([+-].*)?@.*");

    /** Subjects of prose reports. Only a daemon's mail is looked at in this way. */
    private static final Pattern RETURNED =
            Pattern.compile("(?iu).*(undeliver|undelivrable|delivery|returned|failure notice"
                    + "|mail system|could not send|unzustellbar|zustellung|zugestellt|non remis|échec|no se pud|no se ha podido"
                    + "|devuelto|mancata consegna|退信|无法投递|配信不能|配達できません|не доставлено|недоставлен).*");

    private static final Pattern LATE = Pattern.compile("(?iu).*(delay|warning|verzöger|retardé|延迟|遅延).*");

    /** Beginnings of absence notes from senders that set no header for them. */
    private static final Pattern ABSENT =
            Pattern.compile("(?iu)^(automatic(al)? (reply|response)|auto[- ]?(reply|response)"
                    + "|autoreply|out of( the)? office|automatische antwort|automatische reactie|abwesen|réponse automatique"
                    + "|absence du bureau|respuesta automática|fuera de la oficina|risposta automatica|resposta automática"
                    + "|autosvar|automaattinen|автоответ|自动回复|自動回覆|自動返信|不在通知|자동 ?회신).*");

    private static final List<String> BULK_HEADERS =
            List.of("List-Id", "List-Unsubscribe", "List-Post", "List-Help", "Feedback-ID", "X-Campaign-ID");
    private static final List<String> REPLY_HEADERS =
            List.of("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply", "X-AutoReply-From");

    private final MimeMessage message;
    private final MailAddress from;

    private MailClassifier(MimeMessage message, MailAddress from) {
        this.message = message;
        this.from = from;
    }

    /** Says what a mail of somebody else is, and what it reports if it is a bounce. */
    static void classify(MimeMessage message, MailAddress from, ReceivedEmail.Builder mail)
            throws MessagingException, IOException {
        MailClassifier classifier = new MailClassifier(message, from);
        if (message.isMimeType("multipart/report")) {
            DeliveryReport report = DeliveryReport.standard(message);
            report.tell(mail.kind(report.kind()));
        } else if (classifier.returned()) {
            DeliveryReport report = DeliveryReport.prose(message, classifier.subject(LATE));
            report.tell(mail.kind(report.kind()));
        } else {
            mail.kind(classifier.kind());
        }
    }

    private EmailKind kind() throws MessagingException {
        if (answersItself()) {
            return EmailKind.AUTO_REPLY;
        }
        if (bulk()) {
            return EmailKind.BULK;
        }
        if (automatic()) {
            return EmailKind.AUTO_REPLY;
        }
        return NO_PERSON.matcher(from.address()).matches() ? EmailKind.BULK : EmailKind.PERSONAL;
    }

    private boolean returned() throws MessagingException {
        if (has("X-Failed-Recipients")) {
            return true;
        }
        boolean daemon = DAEMON.matcher(from.address()).matches() || nobodyToAnswer();
        return daemon && (subject(RETURNED) || subject(LATE));
    }

    private boolean answersItself() throws MessagingException {
        for (String name : REPLY_HEADERS) {
            if (has(name)) {
                return true;
            }
        }
        return header("Auto-Submitted").startsWith("auto-replied")
                || header("Precedence").equals("auto_reply")
                || subject(ABSENT);
    }

    private boolean bulk() throws MessagingException {
        for (String name : BULK_HEADERS) {
            if (has(name)) {
                return true;
            }
        }
        return List.of("bulk", "junk", "list").contains(header("Precedence"));
    }

    private boolean automatic() throws MessagingException {
        String submitted = header("Auto-Submitted");
        String suppress = header("X-Auto-Response-Suppress");
        return (!submitted.isEmpty() && !submitted.startsWith("no"))
                || suppress.contains("all")
                || suppress.contains("autoreply")
                || suppress.contains("oof")
                || nobodyToAnswer();
    }

    private boolean nobodyToAnswer() throws MessagingException {
        return header("Return-Path").equals("<>");
    }

    private boolean subject(Pattern form) throws MessagingException {
        String subject = message.getSubject();
        return subject != null
                && form.matcher(subject.replaceAll("\\s+", " ").strip()).matches();
    }

    private boolean has(String name) throws MessagingException {
        return !header(name).isEmpty();
    }

    private String header(String name) throws MessagingException {
        String value = message.getHeader(name, ",");
        return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    }
}
