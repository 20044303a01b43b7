package io.trunkline.messaging.mail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.trunkline.checks.Canary;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.messaging.MailAddress;
import io.trunkline.testkit.EmailContract;
import io.trunkline.testkit.RunningPlatform;
import io.trunkline.testkit.TcpRelay;
import io.trunkline.value.Secret;
import org.junit.jupiter.api.AfterEach;

/** SMTP and IMAP against GreenMail in this process, with a relay before both. */
final class MailContractTest extends EmailContract {

    private static final String DESK = "desk@example.test";

    private final GreenMail servers = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
    });
    private final TcpRelay relay = new TcpRelay();
    private final String password = "pw-" + System.nanoTime();
    private int smtp;
    private int imap;

    @Override
    protected RunningPlatform start() {
        servers.start();
        servers.setUser(DESK, DESK, password);
        smtp = relay.to(servers.getSmtp().getPort());
        imap = relay.to(servers.getImap().getPort());
        return relay;
    }

    @AfterEach
    void end() {
        servers.stop();
    }

    @Override
    protected ConnectorSetup setup(RunningPlatform started) {
        return Mail.account("127.0.0.1", DESK, Secret.of(Canary.plant(password)), MailAddress.of(DESK))
                .with(Mail.SMTP_PORT, smtp)
                .with(Mail.SMTP_SECURITY, MailSecurity.NONE)
                .with(Mail.IMAP_HOST, "127.0.0.1")
                .with(Mail.IMAP_PORT, imap)
                .with(Mail.IMAP_SECURITY, MailSecurity.NONE);
    }

    @Override
    protected MailAddress own() {
        return MailAddress.of(DESK);
    }

    @Override
    protected int effects() {
        return servers.getReceivedMessages().length;
    }
}
