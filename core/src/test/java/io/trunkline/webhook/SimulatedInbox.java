package io.trunkline.webhook;

import io.trunkline.checks.VirtualClock;
import io.trunkline.event.Event;
import io.trunkline.event.EventHeader;
import io.trunkline.resilience.Clocks;
import io.trunkline.simulation.Chances;
import io.trunkline.simulation.Crash;
import io.trunkline.simulation.Fault;
import io.trunkline.simulation.ShakyStore;
import io.trunkline.store.OrderedQueue;
import io.trunkline.store.Store;
import io.trunkline.store.StoreException;
import io.trunkline.store.Values;
import io.trunkline.store.Versioned;
import io.trunkline.value.TimeSource;
import io.trunkline.webhook.SimulatedSender.Message;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Two nodes that share a store, a sender, and everything that can go wrong between them, step by step in one thread. */
final class SimulatedInbox {

    /** What a wrong library would do, to see that it is noticed. */
    enum Mistake {
        NONE,
        ACKNOWLEDGES_WHAT_IS_NOT_STORED,
        COMMITS_EFFECTS_ON_THEIR_OWN,
        DROPS_WHAT_FAILED
    }

    static final String CONNECTION = "crm";
    private static final int MOST_NESTED = 2;
    private static final int LONGEST = 1000;

    private record Told(EventHeader header, boolean tellsState, boolean poison) implements Event {}

    private final Chances chances;
    private final Mistake mistake;
    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final Store store = Store.inMemory(time);
    private final SimulatedSender sender;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Integer> handed = new HashMap<>();
    private final Set<String> everDead = new HashSet<>();
    private final List<String> broken = new ArrayList<>();
    private int nested;

    SimulatedInbox(long seed, Mistake mistake) {
        this.chances = new Chances(seed);
        this.mistake = mistake;
        this.sender = new SimulatedSender(chances);
        nodes.add(new Node(0));
        nodes.add(new Node(1));
    }

    Chances chances() {
        return chances;
    }

    /** Lets something happen. */
    void step() {
        clock.advance(Duration.ofMillis(chances.below(3000)));
        act(chances.below(nodes.size()));
    }

    /** Lets everything come to its end without any further fault. */
    void settle() {
        chances.calm();
        nodes.replaceAll(node -> new Node(node.number));
        sender.open().forEach(message -> nodes.get(0).receive(message));
        workOff();
        store.queue(StoredWebhook.queue(CONNECTION))
                .deadLetters(Optional.empty(), 1000)
                .items()
                .forEach(item -> {
                    everDead.addAll(StoredWebhook.of(item.payload()).eventIds());
                    store.queue(StoredWebhook.queue(CONNECTION)).replay(item.id());
                });
        workOff();
    }

    SimulatedSender sender() {
        return sender;
    }

    Store store() {
        return store;
    }

    Map<String, Integer> handed() {
        return handed;
    }

    Set<String> everDead() {
        return everDead;
    }

    /** What was seen to be wrong while the world was going on. */
    List<String> broken() {
        return broken;
    }

    /** Each event's effects, counted in the transactions. */
    Map<String, Integer> effects() {
        Map<String, Integer> counts = new TreeMap<>();
        store.values("effects")
                .list("", Optional.empty(), 1000)
                .items()
                .forEach(entry -> counts.put(entry.key(), entry.value().length));
        return counts;
    }

    /** The ids of an entity's events in the order of their effects. */
    List<String> order(String entity) {
        return store.values("order")
                .get(entity)
                .map(entry -> List.of(
                        new String(entry.value(), StandardCharsets.UTF_8).trim().split(" ", -1)))
                .orElse(List.of());
    }

    private void workOff() {
        OrderedQueue queue = store.queue(StoredWebhook.queue(CONNECTION));
        for (int hour = 0;
                hour < LONGEST && !queue.pending(Optional.empty(), 1).items().isEmpty();
                hour++) {
            clock.advance(Duration.ofHours(1));
            while (nodes.get(hour % 2).dispatcher.dispatch() > 0) {
                clock.advance(Duration.ofMillis(1));
            }
        }
    }

    private void act(int number) {
        Node node = nodes.get(number);
        try {
            if (chances.below(3) == 0) {
                node.dispatch();
            } else {
                node.receive(sender.next());
            }
        } catch (StoreException e) {
            // A worker's thread goes on after that.
        } catch (Crash e) {
            nodes.set(number, new Node(number));
        }
    }

    private void meanwhile(Node busy) {
        if (nested < MOST_NESTED) {
            nested++;
            if (chances.strikes(Fault.TIME_LEAPS)) {
                clock.advance(Duration.ofSeconds(chances.below(1200)));
            }
            if (chances.strikes(Fault.OTHER_NODE)) {
                act(1 - busy.number);
            }
            nested--;
        }
    }

    /** One life of one process. */
    private final class Node {

        private final int number;
        private final ShakyStore view;
        private final WebhookReceiver receiver;
        private final WebhookDispatcher dispatcher;
        private Set<String> doneBefore = Set.of();

        Node(int number) {
            this.number = number;
            this.view = new ShakyStore(store, chances, () -> meanwhile(this));
            this.receiver = new WebhookReceiver(CONNECTION, new OneEvent(), view, time, () -> {});
            this.dispatcher = new WebhookDispatcher(CONNECTION, new OneEvent(), view, time)
                    .on(Told.class, this::hand)
                    .within(Told.class, this::effect);
        }

        void receive(Message message) {
            byte[] body = message.line().getBytes(StandardCharsets.UTF_8);
            WebhookReply reply = receiver.receive(
                    new WebhookRequest("POST", URI.create("https://host.test/hook"), Map.of(), body, time.now()));
            boolean told = reply.status() == 200 || mistake == Mistake.ACKNOWLEDGES_WHAT_IS_NOT_STORED;
            if (told && !chances.strikes(Fault.REPLY_LOST)) {
                sender.acknowledged(message);
            }
        }

        void dispatch() {
            Set<String> outer = doneBefore;
            doneBefore = effects().keySet();
            try {
                dispatcher.dispatch();
            } finally {
                doneBefore = outer;
            }
        }

        private void hand(Told event) throws IOException {
            view.mayEnd(Fault.CRASH_BEFORE);
            boolean fails = event.poison() || chances.strikes(Fault.HANDLER_FAILS);
            if (fails && mistake == Mistake.DROPS_WHAT_FAILED) {
                return;
            }
            if (fails) {
                throw new IOException("not now");
            }
            String id = event.header().id();
            if (doneBefore.contains(id)) {
                broken.add(id + " was handed over again after it was done");
            }
            handed.merge(id, 1, Integer::sum);
            if (mistake == Mistake.COMMITS_EFFECTS_ON_THEIR_OWN) {
                append(store.values("effects"), id, "x");
            }
            if (nested < MOST_NESTED && chances.strikes(Fault.HANDLER_SLEEPS)) {
                nested++;
                clock.advance(Duration.ofMinutes(6));
                act(1 - number);
                nested--;
            }
            afterwards();
        }

        private void afterwards() throws IOException {
            if (chances.strikes(Fault.HANDLER_DIES)) {
                throw new LinkageError("simulated");
            }
            if (chances.strikes(Fault.HANDLER_FAILS_AFTERWARDS)) {
                throw new IOException("too late");
            }
            view.mayEnd(Fault.CRASH_AFTER);
        }

        private void effect(Told event, Store inside) {
            String id = event.header().id();
            if (mistake != Mistake.COMMITS_EFFECTS_ON_THEIR_OWN) {
                append(inside.values("effects"), id, "x");
            }
            append(inside.values("order"), event.header().entity(), id + " ");
        }

        private static void append(Values values, String key, String text) {
            Optional<Versioned> before = values.get(key);
            String whole = before.map(entry -> new String(entry.value(), StandardCharsets.UTF_8))
                            .orElse("")
                    + text;
            long version = before.map(Versioned::version).orElse(Values.ABSENT);
            values.put(key, whole.getBytes(StandardCharsets.UTF_8), version, null);
        }
    }

    /** One event a request, in a line; a poisoned one says so in its id. */
    private static final class OneEvent implements WebhookProtocol {

        @Override
        public void verify(WebhookRequest request) {}

        @Override
        public List<Event> decode(WebhookRequest request) {
            List<String> parts = List.of(new String(request.body(), StandardCharsets.UTF_8).split("\t", -1));
            EventHeader header = new EventHeader(
                    CONNECTION, parts.get(0), parts.get(1), request.receivedAt(), Long.valueOf(parts.get(2)));
            return List.of(new Told(
                    header, Boolean.parseBoolean(parts.get(3)), parts.get(0).endsWith("p")));
        }
    }
}
