package io.trunkline.messaging.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.trunkline.Trunkline;
import io.trunkline.error.ConflictException;
import io.trunkline.error.NotFoundException;
import io.trunkline.messaging.Email;
import io.trunkline.messaging.MailAddress;
import io.trunkline.messaging.MailBatch;
import io.trunkline.messaging.MailWatch;
import io.trunkline.messaging.ReceivedEmail;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A mailbox over weeks: cursors, rebuilt folders, mails that nobody can read, and lines that are cut. */
@Timeout(120)
final class MailboxTest {

    private final GreenMail servers = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
    });
    private final LinkedBlockingQueue<MailBatch> batches = new LinkedBlockingQueue<>();
    private GreenMailUser desk;
    private Relay relay;
    private Trunkline trunkline;
    private Email email;

    @BeforeEach
    void open() throws Exception {
        servers.start();
        String password = "pw"; // No canary: the test's own server logs what it hears.
        desk = servers.setUser("desk@example.test", "desk@example.test", password);
        relay = new Relay(servers.getImap().getPort());
        trunkline = Trunkline.builder()
                .connect(
                        "desk",
                        Mail.account(
                                        "127.0.0.1",
                                        "desk@example.test",
                                        Secret.of(password),
                                        MailAddress.of("desk@example.test"))
                                .with(Mail.SMTP_PORT, servers.getSmtp().getPort())
                                .with(Mail.SMTP_SECURITY, MailSecurity.NONE)
                                .with(Mail.IMAP_HOST, "127.0.0.1")
                                .with(Mail.IMAP_PORT, relay.port())
                                .with(Mail.IMAP_SECURITY, MailSecurity.NONE))
                .build();
        email = trunkline.client(Email.class, "desk").with(CallOptions.within(Duration.ofSeconds(60)));
    }

    @AfterEach
    void close() throws Exception {
        trunkline.close();
        relay.close();
        servers.stop();
    }

    @Test
    void fetch_resumedAfterEveryMail_givesEachOfManyOnce() throws Exception {
        for (int i = 0; i < 30; i++) {
            deliver("mail " + i);
        }
        List<String> seen = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        boolean more = true;
        while (more) {
            MailBatch batch = email.fetch("INBOX", cursor, 1);
            batch.mails().forEach(mail -> seen.add(mail.subject()));
            cursor = Optional.of(batch.cursor());
            more = batch.more();
        }

        assertEquals(IntStream.range(0, 30).mapToObj(i -> "mail " + i).toList(), seen);
    }

    @Test
    void fetch_fiveHundredMails_comeOnceInOrderOverWhateverBatches() throws Exception {
        for (int i = 0; i < 500; i++) {
            deliver("mail " + i);
        }
        List<Long> numbers = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        for (int limit = 1; seen.size() < 500; limit = limit * 2 + 1) {
            MailBatch batch = email.fetch("INBOX", cursor, Math.min(limit, 200));
            batch.mails().forEach(mail -> {
                seen.add(mail.subject());
                numbers.add(mail.uid());
            });
            assertFalse(batch.mails().isEmpty());
            cursor = Optional.of(batch.cursor());
        }

        assertEquals(IntStream.range(0, 500).mapToObj(i -> "mail " + i).toList(), seen);
        assertEquals(numbers.stream().sorted().distinct().toList(), numbers);
        assertTrue(email.fetch("INBOX", cursor, 10).mails().isEmpty());
    }

    @Test
    void fetch_timeTooShortForAll_givesAPartToGoOnFrom() throws Exception {
        for (int i = 0; i < 300; i++) {
            deliver("mail " + i);
        }
        int fetched = 0;
        Optional<String> cursor = Optional.empty();
        Email hurried = email.with(CallOptions.within(Duration.ofMillis(1_500)));
        boolean more = true;
        for (int round = 0; more && round < 100; round++) {
            MailBatch batch = hurried.fetch("INBOX", cursor, 300);
            fetched += batch.mails().size();
            cursor = Optional.of(batch.cursor());
            more = batch.more();
        }

        assertEquals(300, fetched);
    }

    @Test
    void fetch_folderThatWasRebuilt_isAConflictAndNotASilentGap() throws Exception {
        rebuilt("old");
        String cursor = email.fetch("Cases", Optional.empty(), 10).cursor();
        rebuilt("new");

        assertThrows(ConflictException.class, () -> email.fetch("Cases", Optional.of(cursor), 10));

        MailBatch fresh = email.fetch("Cases", Optional.empty(), 10);
        assertEquals("new", fresh.mails().get(0).subject());
        assertNotEquals(cursor.split(":", 2)[0], fresh.cursor().split(":", 2)[0]);
    }

    @Test
    void watch_folderThatWasRebuilt_endsAloud() throws Exception {
        rebuilt("old");
        String cursor = email.fetch("Cases", Optional.empty(), 10).cursor();
        rebuilt("new");

        MailWatch watch = email.watch("Cases", cursor, batches::add);
        for (int i = 0; watch.watching() && i < 200; i++) {
            batches.poll(50, TimeUnit.MILLISECONDS);
        }

        assertFalse(watch.watching());
        assertTrue(batches.isEmpty());
    }

    @Test
    void fetch_mailsNobodyCanRead_areNamedAndTheRestIsGiven() throws Exception {
        deliver("first");
        raw("Subject: nobody sent this\r\n\r\nx\r\n");
        raw("From: bob@example.test\r\nSubject: strange\r\nContent-Type: text/plain; charset=no-such\r\n\r\nx\r\n");
        raw("From: bob@example.test\r\nSubject: bad\r\nContent-Transfer-Encoding: rot13\r\n\r\nx\r\n");
        deliver("last");

        MailBatch batch = email.fetch("INBOX", Optional.empty(), 10);

        List<String> subjects =
                batch.mails().stream().map(ReceivedEmail::subject).toList();
        assertTrue(subjects.containsAll(List.of("first", "strange", "last")), subjects::toString);
        assertEquals(5, subjects.size() + batch.unreadable().size());
        assertTrue(batch.unreadable().contains(2L));
        assertTrue(email.fetch("INBOX", Optional.of(batch.cursor()), 10).mails().isEmpty());
    }

    @Test
    void watch_lineCutWhileIdle_isMadeAnewAndNothingIsLostOrGivenTwice() throws Exception {
        String cursor = email.fetch("INBOX", Optional.empty(), 10).cursor();
        List<String> seen = new ArrayList<>();
        try (MailWatch watch = email.watch("INBOX", cursor, batches::add)) {
            for (int round = 0; round < 2; round++) {
                // GreenMail does not tell of what came before the IDLE; the mail must come in the middle of one.
                relay.awaitIdles(2 * round + 1);
                deliver("mail " + round);
                collect(seen, 2 * round + 1);
                relay.awaitIdles(2 * round + 2);
                relay.cut();
                deliver("meanwhile " + round);
                collect(seen, 2 * round + 2);
            }
            assertTrue(watch.watching());
        }

        assertEquals(List.of("mail 0", "meanwhile 0", "mail 1", "meanwhile 1"), seen);
        assertTrue(relay.connections() >= 3);
    }

    @Test
    void watch_closed_letsGoOfItsLine() throws Exception {
        String cursor = email.fetch("INBOX", Optional.empty(), 10).cursor();
        MailWatch watch = email.watch("INBOX", cursor, batches::add);
        deliver("one");
        assertNotNull(batches.poll(20, TimeUnit.SECONDS));

        watch.close();
        deliver("two");

        assertFalse(watch.watching());
        assertEquals(null, batches.poll(500, TimeUnit.MILLISECONDS));
    }

    @Test
    void watch_listenerThatThrows_endsAndTheMailIsStillThere() throws Exception {
        String cursor = email.fetch("INBOX", Optional.empty(), 10).cursor();
        MailWatch watch = email.watch("INBOX", cursor, batch -> {
            batches.add(batch);
            throw new IllegalStateException("full");
        });
        deliver("one");

        assertNotNull(batches.poll(20, TimeUnit.SECONDS));

        for (int i = 0; watch.watching() && i < 200; i++) {
            batches.poll(50, TimeUnit.MILLISECONDS);
        }
        assertFalse(watch.watching());
        assertEquals(1, email.fetch("INBOX", Optional.of(cursor), 10).mails().size());
    }

    @Test
    void fetch_folderThatIsNotThere_isNotFound() {
        assertThrows(NotFoundException.class, () -> email.fetch("Archive", Optional.empty(), 10));
    }

    private void collect(List<String> seen, int wanted) throws InterruptedException, IOException {
        int cuts = 0;
        while (seen.size() < wanted) {
            MailBatch batch = batches.poll(4, TimeUnit.SECONDS);
            if (batch == null) {
                // GreenMail says that it idles a moment before it does; what comes in that moment, a new line brings.
                assertTrue(++cuts < 8, () -> "only " + seen + " came");
                relay.cut();
            } else {
                batch.mails().forEach(mail -> seen.add(mail.subject()));
            }
        }
    }

    /** Makes a folder with one mail anew, as after a move to another server. */
    private void rebuilt(String subject) throws Exception {
        ImapHostManager hosts = servers.getManagers().getImapHostManager();
        MailFolder before = hosts.getFolder(desk, "Cases");
        MailFolder made = before == null ? hosts.createMailbox(desk, "Cases") : before;
        // GreenMail numbers folders by the clock, so that one made in the same moment has the same number.
        while (before != null && made.getUidValidity() == before.getUidValidity()) {
            made.deleteAllMessages();
            hosts.deleteMailbox(desk, "Cases");
            made = hosts.createMailbox(desk, "Cases");
        }
        made.store(mail(subject));
    }

    private void deliver(String subject) throws Exception {
        desk.deliver(mail(subject));
    }

    private void raw(String raw) throws Exception {
        desk.deliver(parsed(raw));
    }

    private static MimeMessage mail(String subject) throws Exception {
        return parsed("From: bob@example.test\r\nSubject: " + subject + "\r\n\r\nhello\r\n");
    }

    private static MimeMessage parsed(String raw) throws Exception {
        return new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)));
    }
}
