package io.trunkline.proofs;

import io.trunkline.auth.AccessToken;
import io.trunkline.auth.TokenKey;
import io.trunkline.auth.TokenVault;
import io.trunkline.checks.Canary;
import io.trunkline.connector.Capability;
import io.trunkline.delivery.QueueWorker;
import io.trunkline.delivery.Redelivery;
import io.trunkline.event.MessageReceived;
import io.trunkline.http.Origin;
import io.trunkline.messaging.SendJournal;
import io.trunkline.store.QueueItem;
import io.trunkline.store.Store;
import io.trunkline.sync.Change;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.ChangePage;
import io.trunkline.sync.SyncCursor;
import io.trunkline.sync.SyncJob;
import io.trunkline.sync.SyncMode;
import io.trunkline.sync.SyncReport;
import io.trunkline.sync.SyncRunner;
import io.trunkline.sync.table.TableSink;
import io.trunkline.value.CallOptions;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import io.trunkline.webhook.WebhookDispatcher;
import io.trunkline.webhook.WebhookReceiver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A desk through which personal data and secrets flow on every way that ends in a store or a table. */
final class PersonalDataDesk {

    /** What must be found nowhere: all that was put in. */
    final List<String> planted = new ArrayList<>();

    private final Store store;
    private final TimeSource time;

    PersonalDataDesk(Store store, TimeSource time) {
        this.store = store;
        this.time = time;
    }

    /** Numbers are looked for without their plus sign, because some write them so. */
    private String plant(String text) {
        planted.add(text.startsWith("+") ? text.substring(1) : text);
        return text;
    }

    /** A number that was not planted before: items of one entity would wait for one another. */
    private String number() {
        String number = Canary.phone();
        while (planted.contains(number.substring(1))) {
            number = Canary.phone();
        }
        return plant(number);
    }

    /** Events that wait, that were handled, and that were put aside. */
    int webhooks() {
        Caller protocol = new Caller(Secret.of(Canary.secret()));
        WebhookReceiver receiver = new WebhookReceiver("chat", protocol, store, time, () -> {});
        WebhookDispatcher dispatcher = new WebhookDispatcher("chat", protocol, store, time);
        String bad = plant(Canary.text());
        dispatcher.on(MessageReceived.class, event -> {
            if (event.text().equals(bad)) {
                throw new IllegalStateException("no contact " + event.header().entity());
            }
        });
        int accepted = 0;
        for (String text : List.of(plant(Canary.text()), bad)) {
            accepted += received(receiver, protocol, text);
        }
        dispatcher.dispatch();
        return accepted + received(receiver, protocol, plant(Canary.text()));
    }

    private int received(WebhookReceiver receiver, Caller protocol, String text) {
        String number = number();
        String id = plant(Canary.email());
        return receiver.receive(protocol.request(number, id, text, time.now())).status() == 200 ? 1 : 0;
    }

    /** Work like an outbox's: one item done, one that waits after a failure, one put aside. */
    int queue() {
        String failing = plant(Canary.text());
        for (String text : List.of(plant(Canary.text()), failing)) {
            String once = plant(Canary.email());
            store.queue("outbox.crm").add(number(), bytes(text), time.now(), once);
        }
        QueueWorker worker = new QueueWorker(
                store,
                "outbox.crm",
                item -> {
                    if (new String(item.payload(), StandardCharsets.UTF_8).equals(failing)) {
                        throw new IllegalStateException("the platform is down");
                    }
                    return inside -> {};
                },
                Redelivery.standard(),
                time);
        int looked = worker.work();
        store.queue("outbox.crm").add(number(), bytes(plant(Canary.text())), time.now(), null);
        QueueItem item =
                store.queue("outbox.crm").take(1, Duration.ofMinutes(5)).get(0);
        store.queue("outbox.crm").dead(item, "no contact by the name of " + plant(Canary.text()));
        return looked;
    }

    /** Records of which one does not fit, read in full, so that their keys are remembered. */
    SyncReport synchronise(String job, TableSink.Builder table) {
        List<Change> records = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Map<String, Object> fields = Map.of(
                    "name", plant(Canary.text()),
                    "phone", number(),
                    "email", plant(Canary.email()),
                    "revenue", i == 1 ? plant(Canary.text()) : "12");
            RecordRef ref = RecordRef.of("crm", "Contact", "r" + i);
            records.add(new Change(ref, false, Instant.EPOCH, Map.copyOf(fields)));
        }
        try (SyncRunner runner = new SyncRunner(store, time)) {
            return runner.run(SyncJob.named(job)
                    .from(new GivenFeed(records), "Contact")
                    .mode(SyncMode.FULL)
                    .into(table.build()));
        }
    }

    /** Tokens, messages sent, a lease, and the application's own values. */
    void others() {
        TokenKey key = new TokenKey("crm", "agent", Set.of(), new Origin("https", "a.test", 443));
        Secret refresh = Secret.of(plant(Canary.secret()));
        new TokenVault(store, time)
                .put(key, new AccessToken(Secret.of(plant(Canary.secret())), refresh, time.now(), null, Map.of()));
        new SendJournal("sms", store, time).begin(number());
        store.leases().acquire("call of " + number(), Duration.ofMinutes(1));
        store.values("own").put(number(), bytes(plant(Canary.text())), 0, null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A platform that has these records. */
    private record GivenFeed(List<Change> records) implements ChangeFeed {

        @Override
        public ChangePage read(String type, Optional<SyncCursor> from, int limit) {
            return new ChangePage(from.isPresent() ? List.of() : records, new SyncCursor("end"), false);
        }

        @Override
        public Set<String> types() {
            return Set.of("Contact");
        }

        @Override
        public String connection() {
            return "crm";
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of(READ);
        }

        @Override
        public ChangeFeed with(CallOptions options) {
            return this;
        }
    }
}
