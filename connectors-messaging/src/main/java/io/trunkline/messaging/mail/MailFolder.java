package io.trunkline.messaging.mail;

import io.trunkline.error.ConflictException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.messaging.MailBatch;
import io.trunkline.messaging.ReceivedEmail;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder of the mailbox, opened. */
final class MailFolder implements AutoCloseable {

    private final MailServers servers;
    private final Folder folder;

    private MailFolder(MailServers servers, Folder folder) {
        this.servers = servers;
        this.folder = folder;
    }

    static MailFolder open(MailServers servers, Store store, String name, int mode) throws MessagingException {
        Folder folder = store.getFolder(name);
        folder.open(mode);
        return new MailFolder(servers, folder);
    }

    Folder folder() {
        return folder;
    }

    MailBatch since(Optional<MailCursor> cursor, int limit) throws MessagingException {
        UIDFolder numbered = (UIDFolder) folder;
        long validity = numbered.getUIDValidity();
        if (cursor.isPresent() && cursor.get().validity() != validity) {
            throw new ConflictException(
                    "the folder was rebuilt and its numbering is new; fetch without a cursor and skip what is known",
                    ErrorContext.of(servers.connection(), "mail.fetch", ErrorKind.CONFLICT),
                    null);
        }
        long last = cursor.map(MailCursor::uid).orElse(0L);
        Message[] newer = numbered.getMessagesByUID(last + 1, UIDFolder.LASTUID);
        FetchProfile numbers = new FetchProfile();
        numbers.add(UIDFolder.FetchProfileItem.UID);
        folder.fetch(newer, numbers);
        List<Message> wanted = new ArrayList<>();
        for (Message message : newer) {
            // Asked for what lies behind the last mail, a server gives the last mail.
            if (message != null && numbered.getUID(message) > last) {
                wanted.add(message);
            }
        }
        boolean more = wanted.size() > limit;
        return batch(numbered, wanted.subList(0, Math.min(limit, wanted.size())), new MailCursor(validity, last), more);
    }

    void seen(long uid) throws MessagingException {
        Message message = ((UIDFolder) folder).getMessageByUID(uid);
        if (message != null) {
            message.setFlag(Flags.Flag.SEEN, true);
        }
    }

    @Override
    public void close() throws MessagingException {
        folder.close(false);
    }

    private MailBatch batch(UIDFolder numbered, List<Message> messages, MailCursor start, boolean more)
            throws MessagingException {
        MailReader reader =
                new MailReader(servers.connection(), servers.settings().get(Mail.FROM));
        List<ReceivedEmail> mails = new ArrayList<>();
        List<Long> unreadable = new ArrayList<>();
        long last = start.uid();
        for (Message message : messages) {
            long uid = numbered.getUID(message);
            try {
                mails.add(reader.read((MimeMessage) message, uid));
            } catch (IOException | MessagingException | RuntimeException e) {
                if (!folder.isOpen()) {
                    throw new MessagingException("the connection broke");
                }
                unreadable.add(uid);
            }
            last = Math.max(last, uid);
        }
        return new MailBatch(mails, unreadable, new MailCursor(start.validity(), last).toString(), more);
    }
}
