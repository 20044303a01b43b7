package io.trunkline.messaging.mail;

import io.trunkline.connector.CommonSettings;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.connector.Setting;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.resilience.HealthTracker;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Deadline;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The two servers of a connection, and how to log in to them within a deadline. */
final class MailServers {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");

    private final ConnectorSettings settings;
    private final ConnectorRuntime runtime;
    private final HealthTracker health;
    private final Set<MailWatcher> watchers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    MailServers(ConnectorSettings settings, ConnectorRuntime runtime) {
        this.settings = settings;
        this.runtime = runtime;
        this.health = new HealthTracker(runtime.connection(), runtime.listener(), runtime.time());
        requireSafe(Mail.SMTP_SECURITY, settings.get(Mail.SMTP_HOST));
        settings.find(Mail.IMAP_HOST).ifPresent(host -> requireSafe(Mail.IMAP_SECURITY, host));
    }

    ConnectorSettings settings() {
        return settings;
    }

    String connection() {
        return runtime.connection();
    }

    HealthTracker health() {
        return health;
    }

    Set<MailWatcher> watchers() {
        return watchers;
    }

    boolean readable() {
        return settings.find(Mail.IMAP_HOST).isPresent();
    }

    Deadline deadline(CallOptions options) {
        return CommonSettings.end(settings, runtime, options);
    }

    /** How long a single answer may take where no caller waits. */
    Duration step() {
        return settings.get(CommonSettings.TIMEOUT);
    }

    Session session(Duration step, MailSockets sockets) {
        if (closed) {
            throw new IllegalStateException("the library is closed; a connection cannot be used afterwards");
        }
        Properties properties = new Properties();
        protocol(properties, "smtp", settings.get(Mail.SMTP_SECURITY), step);
        protocol(properties, "imap", settings.get(Mail.IMAP_SECURITY), step);
        for (String protocol : new String[] {"smtp", "smtps", "imap", "imaps"}) {
            properties.put("mail." + protocol + ".socketFactory", sockets);
            properties.put("mail." + protocol + ".socketFactory.fallback", "false");
        }
        // A server that has taken the mail and then says no goodbye has taken it all the same.
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtps.quitwait", "false");
        // Reading is not the agent's reading: what is fetched stays unseen.
        properties.put("mail.imap.peek", "true");
        properties.put("mail.imaps.peek", "true");
        properties.put("mail.smtp.sendpartial", "true");
        properties.put("mail.smtps.sendpartial", "true");
        properties.put("mail.smtp.reportsuccess", "true");
        properties.put("mail.smtps.reportsuccess", "true");
        properties.put("mail.smtp.allow8bitmime", "true");
        properties.put("mail.smtps.allow8bitmime", "true");
        properties.put("mail.mime.allowencodedmessages", "true");
        properties.put("mail.mime.address.strict", "false");
        return Session.getInstance(properties);
    }

    Transport transport(Session session) throws MessagingException {
        Transport transport =
                session.getTransport(settings.get(Mail.SMTP_SECURITY) == MailSecurity.TLS ? "smtps" : "smtp");
        transport.connect(
                settings.get(Mail.SMTP_HOST),
                settings.get(Mail.SMTP_PORT),
                settings.get(Mail.USERNAME),
                settings.get(Mail.PASSWORD).reveal());
        return transport;
    }

    Store store(Session session) throws MessagingException {
        Store store = session.getStore(settings.get(Mail.IMAP_SECURITY) == MailSecurity.TLS ? "imaps" : "imap");
        store.connect(
                settings.get(Mail.IMAP_HOST),
                settings.get(Mail.IMAP_PORT),
                settings.get(Mail.USERNAME),
                settings.get(Mail.PASSWORD).reveal());
        return store;
    }

    void close() {
        closed = true;
        watchers.forEach(MailWatcher::close);
    }

    private static void protocol(Properties properties, String name, MailSecurity security, Duration step) {
        String millis = String.valueOf(Math.max(1, step.toMillis()));
        for (String prefix : new String[] {"mail." + name, "mail." + name + "s"}) {
            properties.put(prefix + ".connectiontimeout", millis);
            properties.put(prefix + ".timeout", millis);
            properties.put(prefix + ".writetimeout", millis);
            properties.put(prefix + ".ssl.checkserveridentity", "true");
            properties.put(prefix + ".starttls.enable", String.valueOf(security == MailSecurity.STARTTLS));
            properties.put(prefix + ".starttls.required", String.valueOf(security == MailSecurity.STARTTLS));
        }
    }

    private void requireSafe(Setting<MailSecurity> security, String host) {
        boolean open = settings.get(security) == MailSecurity.NONE;
        if (open && !THIS_MACHINE.contains(host.toLowerCase(Locale.ROOT))) {
            throw new ConfigurationException(
                    security.name() + " may be none only for a server on this machine",
                    ErrorContext.of(runtime.connection(), "open", ErrorKind.CONFIGURATION),
                    null);
        }
    }
}
