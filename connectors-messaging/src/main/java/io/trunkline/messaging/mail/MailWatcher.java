package io.trunkline.messaging.mail;

import io.trunkline.messaging.MailBatch;
import io.trunkline.messaging.MailWatch;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a folder on a thread of its own: by IDLE where the server offers it, by asking every 30 seconds where not. A
 * broken connection is made again, and nothing that came meanwhile is lost, because every look starts at the cursor.
 */
final class MailWatcher implements MailWatch {

    private static final Logger LOG = LoggerFactory.getLogger(MailWatcher.class);

    /** How long an IDLE may be silent before the connection is made anew; servers drop it after half an hour. */
    private static final Duration SILENCE = Duration.ofMinutes(9);

    private static final Duration POLL = Duration.ofSeconds(30);
    private static final Duration MEND = Duration.ofSeconds(5);
    private static final int BATCH = 50;

    private final MailServers servers;
    private final String folder;
    private final Consumer<MailBatch> listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile MailCursor place;
    private volatile @Nullable Store store;

    private MailWatcher(MailServers servers, String folder, MailCursor place, Consumer<MailBatch> listener) {
        this.servers = servers;
        this.folder = folder;
        this.place = place;
        this.listener = listener;
        this.thread = new Thread(this::work, "trunkline-mail-watch");
    }

    static MailWatcher start(MailServers servers, String folder, MailCursor place, Consumer<MailBatch> listener) {
        MailWatcher watcher = new MailWatcher(servers, folder, place, listener);
        servers.watchers().add(watcher);
        watcher.thread.setDaemon(true);
        watcher.thread.start();
        return watcher;
    }

    @Override
    public boolean watching() {
        return thread.isAlive() && closed.getCount() > 0;
    }

    @Override
    public void close() {
        closed.countDown();
        servers.watchers().remove(this);
        thread.interrupt();
        Store open = store;
        if (open instanceof IMAPStore) {
            Thread ending = new Thread(() -> quietly(open), "trunkline-mail-close");
            ending.setDaemon(true);
            ending.start();
        }
    }

    private void work() {
        while (closed.getCount() > 0) {
            try (Store opened = servers.store(servers.session(SILENCE))) {
                store = opened;
                look(opened);
            } catch (MessagingException e) {
                if (closed.getCount() > 0) {
                    servers.health().ended(MailErrors.kind(e));
                    LOG.debug(
                            "{} lost its watch ({}) and makes it anew",
                            servers.connection(),
                            e.getClass().getName());
                    pause(MEND);
                }
            } catch (RuntimeException e) {
                LOG.warn(
                        "{} ends its watch: the listener failed with {}",
                        servers.connection(),
                        e.getClass().getName());
                close();
            }
        }
    }

    private void look(Store opened) throws MessagingException {
        try (MailFolder open = MailFolder.open(servers, opened, folder, Folder.READ_ONLY)) {
            boolean idles = opened instanceof IMAPStore imap && imap.hasCapability("IDLE");
            while (closed.getCount() > 0) {
                give(open);
                if (idles && open.folder() instanceof IMAPFolder idle) {
                    idle.idle(true);
                } else {
                    pause(POLL);
                    open.folder().getMessageCount();
                }
            }
        }
    }

    private void give(MailFolder open) throws MessagingException {
        boolean more = true;
        while (more && closed.getCount() > 0) {
            MailBatch batch = open.since(Optional.of(place), BATCH);
            if (!batch.mails().isEmpty() || !batch.unreadable().isEmpty()) {
                listener.accept(batch);
                place = MailCursor.parse(Optional.of(batch.cursor())).orElseThrow();
            }
            more = batch.more();
        }
        servers.health().ended(null);
    }

    private void pause(Duration time) {
        try {
            if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.trace("{} is closed", servers.connection());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }

    private static void quietly(Store open) {
        try {
            open.close();
        } catch (MessagingException e) {
            LOG.trace("the mailbox was closed already");
        }
    }
}
