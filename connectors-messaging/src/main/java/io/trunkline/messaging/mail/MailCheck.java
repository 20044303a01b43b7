package io.trunkline.messaging.mail;

import io.trunkline.connector.ConnectionCheck;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Deadline;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import java.util.concurrent.TimeoutException;

/** Logs in to both servers and out again. */
final class MailCheck implements ConnectionCheck {

    private final MailServers servers;

    MailCheck(MailServers servers) {
        this.servers = servers;
    }

    @Override
    public String verify(CallOptions options) {
        Deadline deadline = servers.deadline(options);
        try {
            MailSockets sockets = new MailSockets();
            return MailDeadline.run(servers.connection(), deadline, sockets, () -> {
                Session session = servers.session(deadline.remaining(), sockets);
                try (Transport transport = servers.transport(session)) {
                    return servers.readable()
                            ? both(session, transport)
                            : shown(transport.getURLName().getHost());
                }
            });
        } catch (MessagingException e) {
            throw MailErrors.of(servers.connection(), "mail.verify", e);
        } catch (TimeoutException e) {
            throw MailErrors.late(servers.connection(), "mail.verify");
        }
    }

    private String both(Session session, Transport transport) throws MessagingException {
        try (Store store = servers.store(session)) {
            return shown(transport.getURLName().getHost() + " and "
                    + store.getURLName().getHost());
        }
    }

    private static String shown(String hosts) {
        return "an account at " + hosts;
    }
}
