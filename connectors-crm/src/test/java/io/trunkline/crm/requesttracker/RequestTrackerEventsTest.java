package io.trunkline.crm.requesttracker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.event.RecordChanged;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.store.Store;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeRequestTracker;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import io.trunkline.webhook.PullSource;
import io.trunkline.webhook.Puller;
import io.trunkline.webhook.WebhookDispatcher;
import io.trunkline.webhook.WebhookProtocol;
import io.trunkline.webhook.WebhookReceiver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Webhooks of the scrip, and the sweep that makes good those that never came. */
final class RequestTrackerEventsTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private final String token = Canary.secret();
    private final String secret = Canary.plant("whsec_"
            + Base64.getEncoder().encodeToString("twenty-four bytes or more".getBytes(StandardCharsets.UTF_8)));
    private final FakeRequestTracker desk = new FakeRequestTracker(token);
    private final Store store = Store.inMemory(TimeSource.system());
    private final Trunkline trunkline = Watched.trunkline()
            .connect(
                    "desk",
                    RequestTracker.token(desk.platform().uri(), Secret.of(token), "Support")
                            .with(RequestTracker.WEBHOOK_SECRET, Secret.of(secret)))
            .build();
    private final WebhookProtocol protocol = trunkline.client(WebhookProtocol.class, "desk");
    private final PullSource source = trunkline.client(PullSource.class, "desk");
    private final Puller puller = new Puller(source, store, TimeSource.system(), Duration.ofMinutes(1));
    private final List<RecordChanged> handled = new ArrayList<>();

    @AfterEach
    void close() {
        trunkline.close();
        desk.close();
    }

    @Test
    void sweep_transactionThatAWebhookHasTold_isHandledOnce() {
        desk.now(START);
        String told = desk.enterTicket(Map.of("Subject", "told"));
        String missed = desk.enterTicket(Map.of("Subject", "missed"));
        String body = "{\"transactions\":[{\"id\":" + transaction(told) + ",\"ObjectId\":" + told
                + ",\"Type\":\"Create\",\"Field\":null,\"NewValue\":null,\"Created\":\"" + START + "\"}]}";
        WebhookReceiver receiver = new WebhookReceiver("desk", protocol, store, TimeSource.system(), () -> {});

        assertEquals(
                200,
                receiver.receive(ScripWebhook.signed(secret, "transaction-" + transaction(told), body, Instant.now()))
                        .status());
        puller.sweep();
        dispatch();

        assertEquals(
                List.of(told, missed),
                handled.stream().map(event -> event.ref().id()).sorted().toList());
        assertEquals(0, receiver.conflicts(Optional.empty(), 10).items().size());
    }

    @Test
    void sweep_deletedAndMergedTickets_areToldAsGone() {
        desk.now(START);
        String kept = desk.enterTicket(Map.of("Subject", "kept"));
        String merged = desk.enterTicket(Map.of("Subject", "merged"));
        String deleted = desk.enterTicket(Map.of("Subject", "deleted"));
        desk.merge(merged, kept);
        desk.delete(deleted);

        puller.sweep();
        dispatch();

        List<String> gone = handled.stream()
                .filter(event -> event.change() == RecordChanged.Change.DELETED)
                .map(event -> event.ref().id())
                .sorted()
                .toList();
        assertEquals(List.of(merged, deleted), gone);
        assertTrue(handled.stream().anyMatch(event -> event.change() == RecordChanged.Change.CREATED));
    }

    @Test
    void sweep_mailsOfTheServerItself_areNoEvents() {
        desk.now(START);
        desk.enterTicket(Map.of("Subject", "x"));
        puller.sweep();
        dispatch();

        assertEquals(1, handled.size());
    }

    @Test
    void decode_noTransactions_isMalformed() {
        for (String body : List.of("{}", "{\"transactions\":1}", "{\"transactions\":[1]}", "{\"transactions\":[{}]}")) {
            assertThrows(
                    MalformedDataException.class,
                    () -> protocol.decode(ScripWebhook.signed(secret, "x", body, Instant.now())),
                    body);
        }
    }

    private String transaction(String ticket) {
        return String.valueOf(Long.parseLong(ticket) + 1);
    }

    private void dispatch() {
        WebhookDispatcher dispatcher = new WebhookDispatcher("desk", protocol, store, TimeSource.system())
                .pulls(puller)
                .on(RecordChanged.class, handled::add);
        while (dispatcher.dispatch() > 0) {
            assertTrue(handled.size() < 100, "the same events come again and again");
        }
    }
}
