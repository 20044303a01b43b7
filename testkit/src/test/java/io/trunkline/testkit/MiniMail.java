package io.trunkline.testkit;

import io.trunkline.connector.Capability;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.event.DeliveryStatus;
import io.trunkline.messaging.Email;
import io.trunkline.messaging.EmailMessage;
import io.trunkline.messaging.EmailOutcome;
import io.trunkline.messaging.MailAddress;
import io.trunkline.messaging.MailBatch;
import io.trunkline.messaging.MailWatch;
import io.trunkline.messaging.ReceivedEmail;
import io.trunkline.messaging.SendOutcome;
import io.trunkline.value.CallOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Mail of a mailbox in this process that counts who asks, as a server would. */
record MiniMail(String connection, Set<Capability> capabilities, Box box) implements Email {

    /** The mailbox and its server. */
    static final class Box implements RunningPlatform {

        final List<ReceivedEmail> mails = new ArrayList<>();
        final List<Consumer<MailBatch>> watchers = new CopyOnWriteArrayList<>();
        private int count;
        private boolean silent;

        void asked() {
            count++;
            if (silent && !Flaw.SWALLOWS_ERRORS.here()) {
                throw Failures.of("no answer in time", ErrorContext.of("subject", "mini.mail", ErrorKind.TIMEOUT));
            }
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public void silence() {
            silent = true;
        }

        @Override
        public void close() {
            silent = true;
        }
    }

    @Override
    public Email with(CallOptions value) {
        return this;
    }

    @Override
    public EmailOutcome send(EmailMessage message) {
        box.asked();
        if (Flaw.LOGS_CONTENT.here()) {
            LoggerFactory.getLogger("mini").info("sending {}", message.subject());
        }
        String id = "<" + (box.mails.size() + 1) + "@example.test>";
        ReceivedEmail.Builder mail = ReceivedEmail.of(box.mails.size() + 1, MailAddress.of("me@example.test"))
                .subject(message.subject())
                .text(message.text())
                .messageId(id);
        message.attachments().forEach(mail::attach);
        box.mails.add(mail.build());
        Map<String, SendOutcome> outcomes = new LinkedHashMap<>();
        Stream.concat(message.to().stream(), message.cc().stream())
                .limit(Flaw.FIRST_OF_SEVERAL.here() ? 1 : 100)
                .forEach(to -> outcomes.put(to.address(), new SendOutcome.Accepted(id, DeliveryStatus.SENT, 1)));
        box.watchers.forEach(watcher -> watcher.accept(batch(box.mails.size() - 1, 1)));
        return new EmailOutcome(id, outcomes);
    }

    @Override
    public MailBatch fetch(String folder, Optional<String> cursor, int limit) {
        boolean good = limit > 0
                && limit <= 1_000
                && cursor.orElse("0").matches("\\d{1,9}")
                && !folder.isBlank()
                && folder.chars().noneMatch(Character::isISOControl);
        if (!good && !Flaw.UNCHECKED_INPUT.here()) {
            throw new IllegalArgumentException("not what a mailbox has");
        }
        box.asked();
        if (!folder.equals("INBOX") && !Flaw.INVENTS_WHAT_IS_NOT_THERE.here()) {
            throw Failures.of("no such folder", ErrorContext.of(connection, "mini.mail", ErrorKind.NOT_FOUND));
        }
        int skipped = Flaw.LOSES_MAIL.here() && cursor.isPresent() ? 1 : 0;
        return batch(Integer.parseInt(cursor.orElse("0")) + skipped, limit);
    }

    @Override
    public void markSeen(String folder, long uid) {
        if (uid < 1 && !Flaw.UNCHECKED_INPUT.here()) {
            throw new IllegalArgumentException("numbers begin at 1");
        }
        box.asked();
    }

    @Override
    public MailWatch watch(String folder, String cursor, Consumer<MailBatch> listener) {
        box.watchers.add(listener);
        return new MailWatch() {
            @Override
            public boolean watching() {
                return box.watchers.contains(listener);
            }

            @Override
            public void close() {
                if (!Flaw.TALKS_AFTER_CLOSE.here()) {
                    box.watchers.remove(listener);
                }
            }
        };
    }

    private MailBatch batch(int from, int limit) {
        int start = Math.min(from, box.mails.size());
        int end = Math.min(box.mails.size(), start + limit);
        return new MailBatch(box.mails.subList(start, end), List.of(), String.valueOf(end), end < box.mails.size());
    }
}
