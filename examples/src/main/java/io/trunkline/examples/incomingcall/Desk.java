package io.trunkline.examples.incomingcall;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.trunkline.Trunkline;
import io.trunkline.ai.local.LocalLanguage;
import io.trunkline.connector.CommonSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.crm.salesforce.Salesforce;
import io.trunkline.messaging.MailAddress;
import io.trunkline.messaging.mail.Mail;
import io.trunkline.messaging.mail.MailSecurity;
import io.trunkline.messaging.twilio.Twilio;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.testkit.platforms.FakeTwilio;
import io.trunkline.value.PhoneForm;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A call center's desk: the library with the connections {@code crm}, {@code sms}, {@code mail} and {@code language}, and
 * the platforms on this machine that stand in where no settings file names real accounts.
 */
final class Desk implements AutoCloseable {

    /** The fake Twilio account's token, which also signs its webhooks. */
    static final String TWILIO_TOKEN = "a token of the fake account";

    private static final String SERVICE = "desk@example.test";

    private final FakeSalesforce salesforce = new FakeSalesforce();
    private final FakeTwilio twilio = new FakeTwilio();
    private final GreenMail mail = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
    });
    private final Path file = temporary();
    private final Trunkline trunkline;
    private final CallRecords calls;
    private final boolean real;

    Desk(CallOrder order) {
        this.real = order.settings().isPresent();
        mail.start();
        mail.setUser(SERVICE, SERVICE, "desk");
        mail.setUser("ada@example.test", "ada@example.test", "ada");
        Trunkline.Builder builder =
                (real ? Trunkline.builder() : Watched.trunkline()).connect("language", LocalLanguage.embedded());
        if (real) {
            builder.discover().settings(order.settings().orElseThrow());
        } else {
            pretend(builder, order);
        }
        Store store = JdbcStore.sqlite(file, TimeSource.system());
        this.trunkline = builder.store(store).build();
        this.calls = new CallRecords(trunkline, store);
    }

    /** What is real here and what is not, a line each. */
    List<String> parts() {
        List<String> platforms = real
                ? List.of("Platforms: REAL, the accounts of the settings file.")
                : List.of(
                        "Salesforce, Twilio: FAKES on this machine, over real HTTP.",
                        "Mail: a REAL mail server (GreenMail) in this process, over SMTP and IMAP.");
        List<String> parts = new ArrayList<>(platforms);
        parts.add("Store and outbox: a REAL database (SQLite) in a temporary file.");
        parts.add("Language: REAL models in this process.");
        parts.add("Speech: a REAL recogniser (Sphinx4) in this process, which hears only the sentences of call.gram.");
        return parts;
    }

    Trunkline trunkline() {
        return trunkline;
    }

    CallRecords calls() {
        return calls;
    }

    FakeTwilio twilio() {
        return twilio;
    }

    boolean real() {
        return real;
    }

    private void pretend(Trunkline.Builder builder, CallOrder order) {
        String contact = salesforce.row(
                "Contact",
                Map.of(
                        "FirstName", "Ada",
                        "LastName", "Lovelace",
                        "MobilePhone", order.number().in(PhoneForm.NATIONAL),
                        "Email", "ada@example.test"));
        salesforce.row("Case", Map.of("Subject", "Slow line", "ContactId", contact));
        builder.connect(
                        "crm",
                        Salesforce.clientCredentials(salesforce.platform().uri(), "example", Secret.of("example")))
                .connect(
                        "sms",
                        Twilio.account(FakeTwilio.SID, Secret.of(TWILIO_TOKEN))
                                .with(
                                        CommonSettings.BASE_URL,
                                        List.of(twilio.platform().uri()))
                                .with(Twilio.FROM, "+15005550006"))
                .connect("mail", mailbox(SERVICE, "desk"))
                .connect("caller-mail", mailbox("ada@example.test", "ada"));
    }

    private ConnectorSetup mailbox(String address, String password) {
        return Mail.account("127.0.0.1", address, Secret.of(password), MailAddress.of(address))
                .with(Mail.SMTP_PORT, mail.getSmtp().getPort())
                .with(Mail.SMTP_SECURITY, MailSecurity.NONE)
                .with(Mail.IMAP_HOST, "127.0.0.1")
                .with(Mail.IMAP_PORT, mail.getImap().getPort())
                .with(Mail.IMAP_SECURITY, MailSecurity.NONE);
    }

    @Override
    public void close() {
        calls.close();
        trunkline.close();
        mail.stop();
        twilio.close();
        salesforce.close();
    }

    private static Path temporary() {
        try {
            Path made = Files.createTempFile("desk", ".db");
            made.toFile().deleteOnExit();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
