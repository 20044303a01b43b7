package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Leaks;
import io.trunkline.event.Event;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import io.trunkline.webhook.ForgedWebhookException;
import io.trunkline.webhook.WebhookDispatcher;
import io.trunkline.webhook.WebhookProtocol;
import io.trunkline.webhook.WebhookReceiver;
import io.trunkline.webhook.WebhookReply;
import io.trunkline.webhook.WebhookRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every connector that offers {@link WebhookProtocol} must do: take what is the platform's, once, and nothing else.
 * A subclass can make genuine webhooks and says where their proof stands.
 */
public abstract class WebhookContract extends ConnectionContract<RunningPlatform> {

    private static final int AT_ONCE = 8;

    private final StoreThatFails store = new StoreThatFails(TimeSource.system());
    private final AtomicInteger stored = new AtomicInteger();
    private final List<Event> handled = Collections.synchronizedList(new ArrayList<>());
    private WebhookProtocol protocol;
    private WebhookReceiver receiver;

    /** For subclasses. */
    protected WebhookContract() {}

    /**
     * A genuine webhook as the platform sends it now: the same for the same number, and about something else for another.
     */
    protected abstract WebhookRequest genuine(int number);

    /** Where the proof stands: names of headers, or of parameters of the address with a question mark before. */
    protected abstract List<String> proofs();

    /** Whether a reply to a genuine webhook is what this platform wants to hear. */
    protected abstract boolean acknowledges(WebhookReply reply);

    /** Whether the proof covers the body. Only for platforms that sign nothing and send a token instead it does not. */
    protected boolean coversBody() {
        return true;
    }

    /** A genuine test of the address, where the platform makes one. */
    protected Optional<WebhookRequest> handshake() {
        return Optional.empty();
    }

    /** A genuine webhook as it was sent a day ago, where the proof holds a time. */
    protected Optional<WebhookRequest> stale() {
        return Optional.empty();
    }

    /** Puts a receiver before the protocol. */
    @BeforeEach
    final void intake() {
        protocol = client(WebhookProtocol.class);
        receiver = receiver(store);
    }

    @Test
    final void receive_genuine_isStoredAcknowledgedAndHandled() {
        WebhookReply reply = receiver.receive(genuine(1));

        assertTrue(reply.accepted() && acknowledges(reply), reply::toString);
        assertEquals(protocol.decode(genuine(1)), dispatched());
        assertFalse(handled.isEmpty());
        for (Event event : handled) {
            assertEquals("subject", event.header().connection());
            assertFalse(event.header().id().isBlank() || event.header().entity().isBlank());
        }
        Leaks.printed(handled);
        Leaks.printed(genuine(1));
    }

    @Test
    final void decode_sameRequestTwice_givesTheSameEvents() {
        assertEquals(protocol.decode(genuine(1)), protocol.decode(genuine(1)));
        assertFalse(ids(protocol.decode(genuine(1))).equals(ids(protocol.decode(genuine(2)))), "ids of two webhooks");
    }

    @Test
    final void receive_proofForged_isRefusedWith401AndNotStored() {
        for (String proof : proofs()) {
            refused(new Forgeries(genuine(1)).proofs(proof));
        }
        stale().ifPresent(old -> refused(Map.of("a day old", old)));
    }

    @Test
    final void receive_bodyForged_isRefusedWith401OrSaysTheSame() {
        if (!coversBody()) {
            return;
        }
        List<Event> genuine = protocol.decode(genuine(1));
        new Forgeries(genuine(1)).bodies().forEach((name, forged) -> {
            try {
                protocol.verify(forged);
                // A scheme may sign what a form says rather than its bytes: %2B and %2b say the same.
                assertEquals(genuine, protocol.decode(forged), name + " was taken");
            } catch (ForgedWebhookException e) {
                Leaks.saw(e);
                assertEquals(401, receiver.receive(forged).status(), name);
            }
        });
        assertEquals(0, stored.get());
    }

    @Test
    final void receive_proofOfAnotherWebhook_isRefused() {
        if (coversBody()) {
            WebhookRequest other = genuine(2);
            WebhookRequest mixed = new WebhookRequest(
                    other.method(), other.url(), genuine(1).headers(), other.body(), other.receivedAt());
            refused(Map.of("the proof of another webhook", mixed));
        }
    }

    @Test
    final void X40_receive_duplicate_isAcknowledgedAndHandledOnce() {
        FakeWebhooks platform = new FakeWebhooks(receiver::receive).next(FakeWebhooks.Delivery.TWICE);

        List<WebhookReply> replies = platform.deliver(genuine(1));

        assertEquals(2, platform.sent());
        assertTrue(replies.stream().allMatch(this::acknowledges));
        assertEquals(protocol.decode(genuine(1)), dispatched());
    }

    @Test
    final void X40_receive_duplicatesAtOnce_areHandledOnce() throws Exception {
        Callable<WebhookReply> delivery = () -> receiver(store).receive(genuine(1));
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (Future<WebhookReply> reply : threads.invokeAll(Collections.nCopies(AT_ONCE, delivery))) {
                assertTrue(reply.get().accepted());
            }
        } finally {
            threads.shutdownNow();
        }

        assertEquals(protocol.decode(genuine(1)), dispatched());
    }

    @Test
    final void X41_receive_reordered_areHandledOnceEach() {
        FakeWebhooks platform = new FakeWebhooks(receiver::receive).next(FakeWebhooks.Delivery.AFTER_NEXT);

        platform.deliver(genuine(1), genuine(2));

        List<Event> expected = new ArrayList<>(protocol.decode(genuine(1)));
        expected.addAll(protocol.decode(genuine(2)));
        assertEquals(ids(expected), ids(dispatched()));
        assertEquals(
                ids(protocol.decode(genuine(2))),
                ids(handled.subList(0, protocol.decode(genuine(2)).size())));
    }

    @Test
    final void X44_receive_storeDown_is503UntilItIsUpAgain() {
        store.down(true);
        WebhookReply refused = receiver.receive(genuine(1));
        store.down(false);

        assertEquals(503, refused.status());
        assertEquals(0, stored.get());
        assertTrue(receiver.receive(genuine(1)).accepted());
        assertEquals(protocol.decode(genuine(1)), dispatched());
    }

    @Test
    final void receive_tooLarge_isRefusedWith413() {
        WebhookRequest large = new Forgeries(genuine(1)).ofSize(protocol.largestBody() + 1);

        assertEquals(413, receiver.receive(large).status());
        assertEquals(0, stored.get());
    }

    @Test
    final void receive_handshake_isAnsweredNotStored() {
        handshake().ifPresent(test -> {
            WebhookReply reply = receiver.receive(test);

            assertTrue(reply.accepted(), reply::toString);
            assertEquals(protocol.handshake(test).map(WebhookReply::status), Optional.of(reply.status()));
            assertEquals(0, stored.get());
        });
        assertEquals(Optional.empty(), protocol.handshake(genuine(1)), "a webhook was taken for a handshake");
    }

    private void refused(Map<String, WebhookRequest> forged) {
        forged.forEach((name, request) -> {
            assertEquals(401, receiver.receive(request).status(), name);
            Leaks.saw(assertThrows(ForgedWebhookException.class, () -> protocol.verify(request), name));
        });
        assertEquals(0, stored.get(), "a forgery was stored");
    }

    private WebhookReceiver receiver(Store kept) {
        return new WebhookReceiver("subject", protocol, kept, TimeSource.system(), stored::incrementAndGet);
    }

    private List<Event> dispatched() {
        WebhookDispatcher dispatcher = new WebhookDispatcher("subject", protocol, store, TimeSource.system());
        dispatcher.on(Event.class, handled::add);
        while (dispatcher.dispatch() > 0) {
            assertTrue(handled.size() < 1_000, "the same events come again and again");
        }
        return List.copyOf(handled);
    }

    private static List<String> ids(List<Event> events) {
        return events.stream().map(event -> event.header().id()).sorted().toList();
    }
}
