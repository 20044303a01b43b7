package io.trunkline.messaging.mail;

import io.trunkline.connector.Capability;
import io.trunkline.messaging.Email;
import io.trunkline.messaging.EmailMessage;
import io.trunkline.messaging.EmailOutcome;
import io.trunkline.messaging.MailBatch;
import io.trunkline.messaging.MailWatch;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Deadline;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Mail of one mailbox. */
final class MailEmail implements Email {

    private final MailServers servers;
    private final CallOptions options;

    MailEmail(MailServers servers, CallOptions options) {
        this.servers = servers;
        this.options = options;
    }

    @Override
    public String connection() {
        return servers.connection();
    }

    @Override
    public Set<Capability> capabilities() {
        return servers.readable() ? new Mail().descriptor().capabilitiesOf("email") : Set.of(Email.SEND);
    }

    @Override
    public Email with(CallOptions value) {
        return new MailEmail(servers, value);
    }

    @Override
    public EmailOutcome send(EmailMessage message) {
        return new MailSender(servers).send(message, servers.deadline(options));
    }

    @Override
    public MailBatch fetch(String folder, Optional<String> cursor, int limit) {
        require(FETCH);
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("limit must be between 1 and 1000");
        }
        Optional<MailCursor> place = MailCursor.parse(cursor);
        Deadline deadline = servers.deadline(options);
        Duration enough = deadline.remaining().dividedBy(3);
        return inFolder(
                "mail.fetch",
                folder,
                Folder.READ_ONLY,
                opened -> opened.since(place, limit, () -> deadline.remaining().compareTo(enough) < 0));
    }

    @Override
    public MailWatch watch(String folder, String cursor, Consumer<MailBatch> listener) {
        require(WATCH);
        checkFolder(folder);
        MailCursor place = MailCursor.parse(Optional.of(cursor)).orElseThrow();
        return MailWatcher.start(servers, folder, place, listener);
    }

    @Override
    public void markSeen(String folder, long uid) {
        require(MARK_SEEN);
        if (uid < 1) {
            throw new IllegalArgumentException("number of a mail must be positive");
        }
        inFolder("mail.mark-seen", folder, Folder.READ_WRITE, opened -> {
            opened.seen(uid);
            return uid;
        });
    }

    /** Work in an opened folder. */
    private interface Work<T> {
        T in(MailFolder folder) throws MessagingException;
    }

    private <T> T inFolder(String operation, String name, int mode, Work<T> work) {
        checkFolder(name);
        Deadline deadline = servers.deadline(options);
        MailSockets sockets = new MailSockets();
        try {
            T result = MailDeadline.run(servers.connection(), deadline, sockets, () -> {
                try (Store store = servers.store(servers.session(deadline.remaining(), sockets));
                        MailFolder folder = MailFolder.open(servers, store, name, mode)) {
                    return work.in(folder);
                }
            });
            servers.health().ended(null);
            return result;
        } catch (MessagingException e) {
            servers.health().ended(MailErrors.kind(e));
            throw MailErrors.of(servers.connection(), operation, e);
        } catch (TimeoutException e) {
            throw MailErrors.late(servers.connection(), operation);
        }
    }

    private static void checkFolder(String name) {
        if (name.isBlank() || name.length() > 200 || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("folder must be one line of 1 to 200 characters");
        }
    }

    private void require(Capability capability) {
        if (!can(capability)) {
            throw unsupported(capability);
        }
    }
}
