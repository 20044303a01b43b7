package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trunkline.store.Store;
import io.trunkline.sync.Change;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.PoisonException;
import io.trunkline.sync.SyncJob;
import io.trunkline.sync.SyncReport;
import io.trunkline.sync.SyncReport.State;
import io.trunkline.sync.SyncRunner;
import io.trunkline.sync.Transform;
import io.trunkline.value.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * What holds for whole synchronisations from any {@link ChangeFeed}: a record that cannot be taken over holds nobody up.
 * Connectors extend {@link ChangeFeedContract}, which has the rest.
 */
public abstract class SyncContract extends ConnectorContract {

    static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private static final String JOB = "contract";
    private static final int BATCH = 4;
    private static final int MOST = 100;

    private final AtomicReference<String> poison = new AtomicReference<>("");

    SyncContract() {}

    /** One of the feed's types. */
    protected abstract String type();

    /** Puts so many new records into the platform, all changed at the same instant, which has passed; gives their ids. */
    protected abstract List<String> enter(int records, Instant changedAt);

    /** Changes a record that is there, as if somebody had edited it at an instant, which has passed. */
    protected abstract void change(String id, Instant at);

    /** Removes a record at an instant; needed only where deletions are declared. */
    protected void remove(String id, Instant at) {
        throw new UnsupportedOperationException("deletions are declared, so the test must say how to delete " + id);
    }

    @Test
    final void sync_transformRefusesARecord_putsItAsideAndHoldsNobodyUp() {
        poisonIsPutAside(this::healthy, new KeptRecords(id -> false));
    }

    @Test
    final void sync_sinkRefusesARecord_putsItAsideAndHoldsNobodyUp() {
        poisonIsPutAside(Transform.none(), new KeptRecords(id -> id.equals(poison.get())));
    }

    /** The feed's type, read by the connection under test. */
    final FeedReading reading() {
        return new FeedReading(client(ChangeFeed.class), type());
    }

    private Optional<Change> healthy(Change record) {
        if (record.ref().id().equals(poison.get())) {
            throw new PoisonException("refused by the transform");
        }
        return Optional.of(record);
    }

    private void poisonIsPutAside(Transform transform, KeptRecords target) {
        Set<String> others = new TreeSet<>(enter(2 * BATCH + 1, START));
        // The last of a page is the record that the cursor hangs on.
        List<String> page = FeedReading.ids(List.of(reading().page(Optional.empty(), BATCH)));
        String bad = page.get(page.size() - 1);
        poison.set(bad);
        others.remove(bad);
        SyncJob job = SyncJob.named(JOB)
                .from(client(ChangeFeed.class), type())
                .transform(transform)
                .batch(BATCH)
                .into(() -> target);
        try (Store store = Store.inMemory(TimeSource.system());
                SyncRunner runner = new SyncRunner(store, TimeSource.system())) {
            assertEquals(1, completed(runner, job).counts().dead());
            assertEquals(others, target.rows.keySet());

            others.addAll(enter(2, START.plusSeconds(60)));
            assertEquals(0, completed(runner, job).counts().dead(), "it came back");
            assertEquals(others, target.rows.keySet());
            assertEquals(List.of(bad), aside(runner));

            poison.set("");
            change(bad, START.plusSeconds(120));
            others.add(bad);
            completed(runner, job);
            assertEquals(others, target.rows.keySet(), "it was mended on the platform");
            assertEquals(List.of(), aside(runner));
        }
    }

    private static SyncReport completed(SyncRunner runner, SyncJob job) {
        SyncReport report = runner.run(job);
        assertEquals(State.COMPLETED, report.state(), report::problem);
        return report;
    }

    private static List<String> aside(SyncRunner runner) {
        return runner.dead(JOB, MOST).stream()
                .map(dead -> dead.record().ref().id())
                .toList();
    }
}
