package io.trunkline.messaging.mail;

import io.trunkline.error.ConflictException;
import io.trunkline.error.ErrorKind;
import io.trunkline.messaging.MailBatch;
import io.trunkline.messaging.MailWatch;
import io.trunkline.privacy.MaskedLog;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.jspecify.annotations.Nullable;

/**
 * Watches a folder on a thread of its own: by IDLE where the server offers it, by asking every 30 seconds where not. A
 * broken connection is made again, and nothing that came meanwhile is lost, because every look starts at the cursor.
 */
final class MailWatcher implements MailWatch {

    private static final MaskedLog LOG = MaskedLog.of(MailWatcher.class);

    /** How long an IDLE may be silent before the connection is made anew; servers drop it after half an hour. */
    private static final Duration SILENCE = Duration.ofMinutes(9);

    private static final Duration POLL = Duration.ofSeconds(30);

    /** An IDLE that lasts so long is good company. */
    private static final Duration STEADY = Duration.ofMinutes(1);

    private static final Duration FIRST_MEND = Duration.ofMillis(500);
    private static final Duration LONGEST_MEND = Duration.ofMinutes(5);
    private static final int BATCH = 50;

    private final MailServers servers;
    private final String folder;
    private final Consumer<MailBatch> listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile MailCursor place;
    private volatile @Nullable MailSockets sockets;
    private Duration mend = FIRST_MEND;
    private boolean idling;

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
        MailSockets open = sockets;
        if (open != null) {
            open.close();
        }
    }

    private void work() {
        while (closed.getCount() > 0) {
            try (MailSockets opened = new MailSockets()) {
                sockets = opened;
                watch(opened);
            } catch (MessagingException | IOException e) {
                mend(e);
            } catch (ConflictException e) {
                LOG.warn(
                        "{} ends its watch: the folder was rebuilt; fetch it without a cursor and watch it anew",
                        servers.connection());
                close();
            } catch (RuntimeException e) {
                LOG.warn(
                        "{} ends its watch: the listener failed with {}",
                        servers.connection(),
                        e.getClass().getName());
                close();
            }
        }
    }

    private void watch(MailSockets opened) throws MessagingException, IOException {
        try (Store store = servers.store(servers.session(servers.step(), opened))) {
            // Asked once the folder is open, the library would open a second connection for it.
            boolean idles = store instanceof IMAPStore imap && imap.hasCapability("IDLE");
            try (MailFolder open = MailFolder.open(servers, store, folder, Folder.READ_ONLY)) {
                look(open, idles, opened);
            }
        }
    }

    private void look(MailFolder open, boolean idles, MailSockets opened) throws MessagingException, IOException {
        while (closed.getCount() > 0) {
            give(open);
            if (idles && open.folder() instanceof IMAPFolder idle) {
                idle(idle, opened);
            } else {
                pause(POLL);
                open.folder().getMessageCount();
            }
        }
    }

    private void idle(IMAPFolder idle, MailSockets opened) throws MessagingException, IOException {
        opened.patience(SILENCE);
        long begun = System.nanoTime();
        idling = true;
        try {
            idle.idle(true);
            idling = false;
            mend = FIRST_MEND;
        } finally {
            if (System.nanoTime() - begun > STEADY.toNanos()) {
                mend = FIRST_MEND;
            }
        }
        opened.patience(servers.step());
    }

    /** Connects anew after a pause, longer each time. Servers end an IDLE as they like: that alone is no ill health. */
    private void mend(Exception e) {
        if (closed.getCount() == 0) {
            return;
        }
        LOG.debug(
                "{} lost its watch ({}) and makes it anew",
                servers.connection(),
                e.getClass().getName());
        if (!idling) {
            servers.health().ended(e instanceof MessagingException mail ? MailErrors.kind(mail) : ErrorKind.TRANSPORT);
        }
        idling = false;
        pause(mend);
        Duration next = mend.multipliedBy(2);
        mend = next.compareTo(LONGEST_MEND) < 0 ? next : LONGEST_MEND;
    }

    private void give(MailFolder open) throws MessagingException {
        boolean more = true;
        while (more && closed.getCount() > 0) {
            MailBatch batch = open.since(Optional.of(place), BATCH, () -> false);
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
                LOG.debug("{} is closed", servers.connection());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }
}
