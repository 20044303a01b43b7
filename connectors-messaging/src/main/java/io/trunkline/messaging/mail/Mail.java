package io.trunkline.messaging.mail;

import io.trunkline.connector.Capability;
import io.trunkline.connector.Category;
import io.trunkline.connector.CommonSettings;
import io.trunkline.connector.ConnectionCheck;
import io.trunkline.connector.Connector;
import io.trunkline.connector.ConnectorDescriptor;
import io.trunkline.connector.ConnectorProvider;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.connector.CredentialKind;
import io.trunkline.connector.OpenConnector;
import io.trunkline.connector.Setting;
import io.trunkline.messaging.Email;
import io.trunkline.messaging.MailAddress;
import io.trunkline.resilience.HealthSource;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;

/** Mail of one mailbox: a submission server and, if it is to be read, an IMAP server. */
public final class Mail implements ConnectorProvider {

    /** The submission server. */
    public static final Setting<String> SMTP_HOST = Setting.text("smtp-host", "Submission server.");

    /** Its port. */
    public static final Setting<Integer> SMTP_PORT = Setting.integer(
                    "smtp-port", 1, 65_535, "Port of the submission server.")
            .defaultsTo(587);

    /** How it is protected. */
    public static final Setting<MailSecurity> SMTP_SECURITY = Setting.choice(
                    "smtp-security", MailSecurity.class, "How the submission server is reached.")
            .defaultsTo(MailSecurity.STARTTLS);

    /** The mailbox's server. */
    public static final Setting<String> IMAP_HOST = Setting.text(
                    "imap-host", "Server of the mailbox, if it is to be read.")
            .optional();

    /** Its port. */
    public static final Setting<Integer> IMAP_PORT = Setting.integer(
                    "imap-port", 1, 65_535, "Port of the mailbox's server.")
            .defaultsTo(993);

    /** How it is protected. */
    public static final Setting<MailSecurity> IMAP_SECURITY = Setting.choice(
                    "imap-security", MailSecurity.class, "How the mailbox's server is reached.")
            .defaultsTo(MailSecurity.TLS);

    /** The account at both servers. */
    public static final Setting<String> USERNAME = Setting.text("username", "Account at both servers.");

    /** Its password. */
    public static final Setting<Secret> PASSWORD = Setting.secret("password", "Password of the account.");

    /** The sender where a mail names none. */
    public static final Setting<MailAddress> FROM =
            Setting.of("from", MailAddress.class, MailAddress::of, "Sender where a mail names none.");

    private static final Capability[] SENDING = {Email.SEND};
    private static final Capability[] READING = {Email.FETCH, Email.WATCH, Email.MARK_SEEN};

    private static final ConnectorDescriptor DESCRIPTOR = ConnectorDescriptor.builder(
                    "mail", "Mail (SMTP and IMAP)", Category.MESSAGING)
            .settings(SMTP_HOST, SMTP_PORT, SMTP_SECURITY, IMAP_HOST, IMAP_PORT, IMAP_SECURITY)
            .settings(USERNAME, PASSWORD, FROM, CommonSettings.TIMEOUT, CommonSettings.BULK_TIMEOUT)
            .credentials(CredentialKind.BASIC)
            .capabilities(SENDING)
            .capabilities(READING)
            .documentation("https://www.rfc-editor.org/rfc/rfc6409")
            .build();

    /** Made by discovery or by the application. */
    public Mail() {}

    /** A connection that sends. */
    public static ConnectorSetup account(String smtpHost, String username, Secret password, MailAddress from) {
        return ConnectorSetup.of(new Mail())
                .with(SMTP_HOST, smtpHost)
                .with(USERNAME, username)
                .with(PASSWORD, password)
                .with(FROM, from);
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Connector open(ConnectorSettings settings, ConnectorRuntime runtime) {
        settings.check(DESCRIPTOR, runtime.connection());
        MailServers servers = new MailServers(settings, runtime);
        MailEmail email = new MailEmail(servers, CallOptions.DEFAULT);
        return OpenConnector.of(DESCRIPTOR)
                .offer(ConnectionCheck.class, new MailCheck(servers))
                .offer(Email.class, email)
                .offer(HealthSource.class, servers.health())
                .onClose(servers::close)
                .build();
    }
}
