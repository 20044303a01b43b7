package example;

import io.trunkline.checks.Canary;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.messaging.MailAddress;
import io.trunkline.messaging.mail.Mail;
import io.trunkline.messaging.mail.MailSecurity;
import io.trunkline.testkit.EmailContract;
import io.trunkline.testkit.RunningPlatform;
import io.trunkline.testkit.TcpRelay;
import io.trunkline.value.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The shared contract, against Dovecot: each test has an account of its own, and what arrived lies in files. */
final class MailTest extends EmailContract {

    private static LmtpTranslator translator;

    private final String desk = "desk" + System.nanoTime() + "@example.test";
    private int smtp;
    private int imap;

    @BeforeAll
    static void translate() {
        translator = new LmtpTranslator(Integer.getInteger("dovecot.relay"), Integer.getInteger("dovecot.lmtp"));
    }

    @AfterAll
    static void end() throws IOException {
        translator.close();
    }

    @Override
    protected RunningPlatform start() {
        TcpRelay relay = new TcpRelay();
        smtp = relay.to(Integer.getInteger("dovecot.submission"));
        imap = relay.to(Integer.getInteger("dovecot.imap"));
        return relay;
    }

    @Override
    protected ConnectorSetup setup(RunningPlatform started) {
        String password = Canary.plant(System.getProperty("dovecot.password"));
        return Mail.account("127.0.0.1", desk, Secret.of(password), MailAddress.of(desk))
                .with(Mail.SMTP_PORT, smtp)
                .with(Mail.SMTP_SECURITY, MailSecurity.NONE)
                .with(Mail.IMAP_HOST, "127.0.0.1")
                .with(Mail.IMAP_PORT, imap)
                .with(Mail.IMAP_SECURITY, MailSecurity.NONE);
    }

    @Override
    protected MailAddress own() {
        return MailAddress.of(desk);
    }

    @Override
    protected int effects() {
        Path box = Path.of(System.getProperty("dovecot.mail"), desk);
        try (Stream<Path> files = Files.exists(box) ? Files.walk(box) : Stream.of()) {
            return (int) files.filter(Files::isRegularFile)
                    .filter(file -> file.getParent().endsWith("new") || file.getParent().endsWith("cur"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
