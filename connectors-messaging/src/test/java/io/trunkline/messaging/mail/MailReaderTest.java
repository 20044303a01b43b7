package io.trunkline.messaging.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.messaging.Attachment;
import io.trunkline.messaging.EmailMessage;
import io.trunkline.messaging.MailAddress;
import io.trunkline.messaging.ReceivedEmail;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails as senders really make them: charsets, names of files, broken heads, bounds. */
final class MailReaderTest {

    private static final String HEAD = "From: Bob <bob@example.test>\r\nSubject: s\r\nMIME-Version: 1.0\r\n";

    private static ReceivedEmail read(byte[] raw) throws Exception {
        Properties properties = new Properties();
        properties.put("mail.mime.address.strict", "false");
        MimeMessage message = new MimeMessage(Session.getInstance(properties), new ByteArrayInputStream(raw));
        return new MailReader("desk", MailAddress.of("desk@example.test")).read(message, 1);
    }

    private static ReceivedEmail read(String raw) throws Exception {
        return read(raw.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "utf-8,UTF-8,Grüße 你好 😀",
        "UTF8,UTF-8,Grüße",
        "\"utf-8\",UTF-8,Grüße",
        "iso-8859-1,ISO-8859-1,Grüße",
        "iso-8859-15,ISO-8859-15,5 € é",
        "windows-1252,windows-1252,“quoted” – €",
        "windows-1251,windows-1251,Привет",
        "koi8-r,KOI8-R,Привет",
        "gb2312,GB18030,镕 你好",
        "GBK,GBK,订单 镕",
        "gb18030,GB18030,你好",
        "big5,Big5,訂單",
        "iso-2022-jp,ISO-2022-JP,ご注文",
        "shift_jis,Shift_JIS,ご注文",
        "euc-kr,EUC-KR,주문",
        "us-ascii,UTF-8,Grüße",
        "x-unknown,UTF-8,Grüße",
        "x-unknown,windows-1252,Grüße",
        "cp-850-broken,UTF-8,plain"
    })
    void read_textInACharset_isReadAsItWasWritten(String named, String written, String text) throws Exception {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        raw.write((HEAD + "Content-Type: text/plain; charset=" + named + "\r\nContent-Transfer-Encoding: 8bit\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        raw.write(text.getBytes(Charset.forName(written)));

        assertEquals(text, read(raw.toByteArray()).text().strip());
    }

    @Test
    void read_withoutCharset_isReadAsUtf8() throws Exception {
        assertEquals("Grüße", read(HEAD + "\r\nGrüße").text().strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../../etc/passwd | _.._etc_passwd",
                "..\\..\\evil.exe | _.._evil.exe",
                "C:\\temp\\a.txt | C__temp_a.txt",
                ".htaccess | htaccess",
                ".. | file",
                "a:b*c?.txt | a_b_c_.txt",
                "=?UTF-8?B?cmVjaG51bmcgw6kucGRm?= | rechnung é.pdf",
                "=?x-nowhere?Q?a?= | =_x-nowhere_Q_a_=",
                "=?UTF-8?B?ZXhl4oCuZ3BqLnR4dA==?= | exe_gpj.txt",
                "=?UTF-8?B?YcKFYi50eHQ=?= | a_b.txt",
                "=?UTF-8?B?YQ0KYi50eHQ=?= | a__b.txt"
            })
    void T38_nameOfAFile_isOneSafeStepOfAPath(String name, String safe) throws Exception {
        String quoted = name.replace("\\", "\\\\");
        Attachment file = read(HEAD + "Content-Type: application/pdf; name=\"" + quoted
                        + "\"\r\nContent-Disposition: attachment; filename=\"" + quoted + "\"\r\n\r\nx")
                .attachments()
                .get(0);

        assertEquals(safe, file.name());
        Path folder = Path.of("/folder");
        assertEquals(folder, folder.resolve(file.name()).normalize().getParent());
    }

    @Test
    void read_enormousName_keepsItsEnding() throws Exception {
        String name = "n".repeat(5_000) + ".pdf";

        Attachment file = read(HEAD + "Content-Type: application/pdf; name=\"" + name + "\"\r\n\r\nx")
                .attachments()
                .get(0);

        assertTrue(file.name().length() == 200 && file.name().endsWith(".pdf"));
    }

    @Test
    void read_calendarPartBesideTheText_isAFileOfItsType() throws Exception {
        ReceivedEmail mail = read(HEAD + "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n"
                + "Content-Type: text/plain\r\n\r\nMeet?\r\n--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n"
                + "BEGIN:VCALENDAR\r\n--b--\r\n");

        assertEquals("Meet?", mail.text().strip());
        assertEquals("text/calendar", mail.attachments().get(0).contentType());
    }

    @Test
    void read_forwardedMail_isAFile() throws Exception {
        ReceivedEmail mail = read(HEAD + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
                + "Content-Type: text/plain\r\n\r\nsee\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
                + "From: x@example.test\r\nSubject: inner\r\n\r\ninner text\r\n--b--\r\n");

        assertEquals("see", mail.text().strip());
        assertEquals("message/rfc822", mail.attachments().get(0).contentType());
        assertTrue(new String(mail.attachments().get(0).content(), StandardCharsets.UTF_8).contains("inner text"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: \"Bob <bob@example.test>",
                "From: Bob, the Builder <bob@example.test>",
                "From: =?x-nowhere?Q?B=FCb?= <bob@example.test>",
                "From: =?UTF-8?B?QsKFb2I=?= <bob@example.test>",
                "From: bob@example.test (Bob)",
                "From: <bob@example.test>"
            })
    void read_brokenSender_isReadAllTheSame(String from) throws Exception {
        ReceivedEmail mail = read(from + "\r\nSubject: s\r\n\r\nx\r\n");

        assertTrue(mail.from().address().endsWith("example.test")
                || mail.from().address().endsWith("@invalid"));
    }

    @Test
    void read_controlsInTheSubject_leaveOneLineThatCanBeAnswered() throws Exception {
        String subject = "=?UTF-8?B?"
                + Base64.getEncoder().encodeToString("a\r\nBcc: x\u0085y".getBytes(StandardCharsets.UTF_8)) + "?=";

        ReceivedEmail mail = read("From: bob@example.test\r\nSubject: " + subject + "\r\n\r\nx\r\n");

        assertEquals("a Bcc: x y", mail.subject());
        assertEquals(
                "Re: a Bcc: x y", EmailMessage.reply(mail).text("y").build().subject());
    }

    @Test
    void read_longSubject_canBeAnswered() throws Exception {
        ReceivedEmail mail = read("From: bob@example.test\r\nSubject: " + "word ".repeat(400) + "\r\n\r\nx\r\n");

        assertFalse(EmailMessage.reply(mail).text("y").build().subject().isEmpty());
    }

    @Test
    void read_threadHeaders_areKeptInOrderOnce() throws Exception {
        ReceivedEmail mail =
                read(HEAD + "Message-ID: <c@x>\r\nReferences: <a@x>\r\n <b@x>\r\nIn-Reply-To: <b@x>\r\n\r\nx");

        assertEquals(List.of("<a@x>", "<b@x>"), mail.references());
        assertEquals(
                List.of("<a@x>", "<b@x>", "<c@x>"),
                EmailMessage.reply(mail).text("y").build().references());
    }

    @Test
    void T34_partsWithoutEnd_areRefused() {
        StringBuilder many = new StringBuilder(HEAD + "Content-Type: multipart/mixed; boundary=b\r\n\r\n");
        many.append("--b\r\nContent-Type: image/png\r\n\r\nx\r\n".repeat(300)).append("--b--\r\n");
        StringBuilder deep = new StringBuilder(HEAD);
        for (int i = 0; i < 30; i++) {
            deep.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b")
                    .append(i)
                    .append("\r\n");
        }
        deep.append("Content-Type: text/plain\r\n\r\nx\r\n");

        assertThrows(MessagingException.class, () -> read(many.toString()));
        assertThrows(MessagingException.class, () -> read(deep.toString()));
    }

    @Test
    void T34_filesLargerThanTheBoundTogether_areRefused() {
        String part = "--b\r\nContent-Type: image/png\r\n\r\n" + "x".repeat(18 << 20) + "\r\n";
        String mail = HEAD + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part.repeat(3) + "--b--\r\n";

        assertThrows(MessagingException.class, () -> read(mail));
    }

    @Test
    void read_personalData_isNotPrinted() throws Exception {
        ReceivedEmail mail =
                read("From: " + Canary.email() + "\r\nSubject: " + Canary.text() + "\r\n\r\n" + Canary.text());

        assertFalse(Leaks.printed(mail).subject().isEmpty());
    }
}
