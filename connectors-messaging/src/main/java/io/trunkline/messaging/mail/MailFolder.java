package io.trunkline.messaging.mail;

import io.trunkline.error.ConflictException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.messaging.MailBatch;
import io.trunkline.messaging.ReceivedEmail;
import io.trunkline.privacy.MaskedLog;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.angus.mail.imap.IMAPFolder;

/** A folder of the mailbox, opened. */
final class MailFolder implements AutoCloseable {

    private static final MaskedLog LOG = MaskedLog.of(MailFolder.class);

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

    /** Mails after a cursor, at most {@code limit}, and fewer once time presses, but always one. */
    MailBatch since(Optional<MailCursor> cursor, int limit, BooleanSupplier pressed) throws MessagingException {
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
        Batch batch = new Batch(new MailCursor(validity, last));
        List<Message> chosen = wanted.subList(0, Math.min(limit, wanted.size()));
        folder.fetch(chosen.toArray(Message[]::new), heads());
        for (Message message : chosen) {
            if (batch.count > 0 && pressed.getAsBoolean()) {
                break;
            }
            batch.read(numbered, message);
        }
        return batch.done(batch.count < wanted.size());
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

    private static FetchProfile heads() {
        FetchProfile heads = new FetchProfile();
        heads.add(FetchProfile.Item.ENVELOPE);
        heads.add(FetchProfile.Item.CONTENT_INFO);
        heads.add(IMAPFolder.FetchProfileItem.HEADERS);
        return heads;
    }

    /** What becomes of mails that are read one by one. */
    private final class Batch {

        private final MailReader reader =
                new MailReader(servers.connection(), servers.settings().get(Mail.FROM));
        private final List<ReceivedEmail> mails = new ArrayList<>();
        private final List<Long> unreadable = new ArrayList<>();
        private MailCursor place;
        private int count;

        Batch(MailCursor place) {
            this.place = place;
        }

        void read(UIDFolder numbered, Message message) throws MessagingException {
            long uid = numbered.getUID(message);
            try {
                mails.add(reader.read((MimeMessage) message, uid));
            } catch (MessageRemovedException e) {
                LOG.debug("{}: a mail was deleted while it was fetched", servers.connection());
            } catch (IOException | MessagingException | RuntimeException e) {
                if (!folder.isOpen()) {
                    throw new MessagingException("the connection broke");
                }
                unreadable.add(uid);
            }
            place = new MailCursor(place.validity(), Math.max(place.uid(), uid));
            count++;
        }

        MailBatch done(boolean more) {
            return new MailBatch(mails, unreadable, place.toString(), more);
        }
    }
}
