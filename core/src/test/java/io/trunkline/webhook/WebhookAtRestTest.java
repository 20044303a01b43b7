package io.trunkline.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.VirtualClock;
import io.trunkline.event.MessageReceived;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks in a file: what is there after a restart, and what is not there at all. */
final class WebhookAtRestTest {

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);

    @TempDir
    private Path folder;

    private Store open() {
        return JdbcStore.sqlite(folder.resolve("inbox.db"), time);
    }

    @Test
    void X43_processThatEndsAfterTheAcknowledgement_hasLostNothing() {
        try (Store store = open()) {
            WebhookReceiver receiver = new WebhookReceiver("chat", new Lines(), store, time, () -> {});
            assertEquals(
                    200,
                    receiver.receive(Lines.signed("a 1 hello\nb 2 you", clock.now()))
                            .status());
        }
        List<String> handled = new ArrayList<>();
        try (Store store = open()) {
            WebhookReceiver receiver = new WebhookReceiver("chat", new Lines(), store, time, () -> {});
            assertEquals(
                    200,
                    receiver.receive(Lines.signed("a 1 hello\nb 2 you", clock.now()))
                            .status());
            WebhookDispatcher dispatcher = new WebhookDispatcher("chat", new Lines(), store, time);
            dispatcher.on(MessageReceived.class, event -> handled.add(event.text()));
            assertEquals(2, dispatcher.dispatch());
        }
        try (Store store = open()) {
            assertEquals(0, new WebhookDispatcher("chat", new Lines(), store, time).dispatch());
        }

        assertEquals(List.of("hello", "you"), handled);
    }

    /** The request itself is kept as it came, so that it can be read again; what went wrong with it is kept masked. */
    @Test
    void T49_reasonsAndForgedRequests_leaveNothingPersonalInTheFiles() throws Exception {
        String phone = Canary.phone();
        String secret = Canary.secret();
        String forged = Canary.text();
        String genuine = "genuine text";
        try (Store store = open()) {
            WebhookReceiver receiver = new WebhookReceiver("chat", new Lines(), store, time, () -> {});
            receiver.receive(Lines.request("a 1 " + forged, "00", clock.now()));
            receiver.receive(Lines.signed("a 1 " + genuine, clock.now()));
            WebhookDispatcher dispatcher = new WebhookDispatcher("chat", new Lines(), store, time);
            dispatcher.on(MessageReceived.class, event -> {
                throw new IllegalStateException("no contact " + phone + " by token=" + secret);
            });
            for (int i = 0; i < 8; i++) {
                assertEquals(1, dispatcher.dispatch());
                clock.advance(Duration.ofHours(11));
            }
            assertEquals(
                    1,
                    store.queue(StoredWebhook.queue("chat"))
                            .deadLetters(Optional.empty(), 9)
                            .items()
                            .size());

            String files = files();

            // The control: what is meant to be there is found.
            assertTrue(files.contains(genuine));
            for (String canary : List.of(phone, secret, forged)) {
                assertFalse(files.contains(canary));
            }
        }
    }

    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
