package io.trunkline.crm.copied;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.VirtualClock;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.ExternalKey;
import io.trunkline.crm.copied.LaggingContacts.Loss;
import io.trunkline.crm.salesforce.Salesforce;
import io.trunkline.error.OutcomeUnknownException;
import io.trunkline.store.Store;
import io.trunkline.sync.Change;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.Sink;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import io.trunkline.sync.SyncJob;
import io.trunkline.sync.SyncReport;
import io.trunkline.sync.SyncReport.Counts;
import io.trunkline.sync.SyncReport.State;
import io.trunkline.sync.SyncRunner;
import io.trunkline.testkit.Fault;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contacts of one org, copied into another. */
@Timeout(120)
final class ContactsSinkTest {

    private static final String KEY = "Source_Id__c";

    private final FakeSalesforce from = new FakeSalesforce();
    private final FakeSalesforce to = new FakeSalesforce();
    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = TimeSource.of(clock::now, clock::nanos, clock::sleep);
    private final Trunkline trunkline = Watched.trunkline()
            .time(time)
            .connect(
                    "from",
                    Salesforce.clientCredentials(from.platform().uri(), "consumer-key", Secret.of(Canary.secret())))
            .connect(
                    "to", Salesforce.clientCredentials(to.platform().uri(), "consumer-key", Secret.of(Canary.secret())))
            .build();
    private final Contacts target = trunkline.client(Contacts.class, "to");
    private final SyncRunner runner = new SyncRunner(Store.inMemory(time), time);
    private final List<RecordRef> left = new ArrayList<>();

    ContactsSinkTest() {
        from.now(clock.now().minusSeconds(3_600));
        to.now(clock.now().minusSeconds(3_600));
    }

    @AfterEach
    void close() {
        trunkline.close();
        from.close();
        to.close();
    }

    @Test
    void run_answersThatGetLost_eachContactIsThereOnceAndChangesFollow() {
        List<String> ids = fill(40);
        for (int i = 0; i < 12; i++) {
            to.platform().next(Fault.none(), Fault.none(), Fault.reset());
        }

        SyncReport first = runner.run(job(sink()));
        change(ids.get(3), Map.of("LastName", "Changed"));
        SyncReport second = runner.run(job(sink()));

        assertEquals(State.COMPLETED, first.state(), first.problem());
        assertEquals(new Counts(40, 40, 0, 0), first.counts());
        assertEquals(new Counts(1, 1, 0, 0), second.counts());
        assertEquals(40, copies().size());
        assertEquals("Changed", nameOf(ids.get(3)));
        assertEquals("Last7", nameOf(ids.get(7)));
    }

    @Test
    void X47_platformThatIsDownInTheMiddle_isGoneOnWithAndNothingIsThereTwice() {
        fill(40);
        to.platform().next(Fault.none(), Fault.none(), Fault.none(), Fault.none(), Fault.none(), Fault.none());
        to.platform().always(Fault.status(503));

        SyncReport failed = runner.run(job(sink()));
        to.platform().always(Fault.none());
        clock.advance(Duration.ofMinutes(10));
        SyncReport resumed = runner.run(job(sink()));

        assertEquals(State.FAILED, failed.state());
        assertEquals(State.COMPLETED, resumed.state(), resumed.problem());
        assertEquals(40, copies().size());
    }

    @Test
    void X48_recordThatTheTargetOrTheFormRefuses_isPutAsideAndReplayed() {
        List<String> ids = fill(5);
        change(ids.get(1), Map.of("LastName", "\u0007bell"));
        to.row("Contact", Map.of("LastName", "A", KEY, ids.get(2)));
        String second = to.row("Contact", Map.of("LastName", "B", KEY, ids.get(2)));
        SyncJob job = job(sink());

        SyncReport report = runner.run(job);
        to.row("Contact", second).put(KEY, "other");

        assertEquals(State.COMPLETED, report.state(), report.problem());
        assertEquals(new Counts(5, 3, 0, 2), report.counts());
        assertTrue(runner.replay(job, ids.get(2)));
        assertEquals("Last2", nameOf(ids.get(2)));
        assertEquals(
                List.of(ids.get(1)),
                runner.dead("copy", 10).stream()
                        .map(dead -> dead.record().ref().id())
                        .toList());
    }

    @Test
    void X53_recordThatIsGone_staysAtTheTargetAndIsReported() {
        List<String> ids = fill(3);
        runner.run(job(sink().onLeft(left::add)));
        change(ids.get(1), Map.of("IsDeleted", true));

        SyncReport report = runner.run(job(sink().onLeft(left::add)));

        assertEquals(new Counts(1, 0, 1, 0), report.counts());
        assertEquals(List.of(ids.get(1)), left.stream().map(RecordRef::id).toList());
        assertEquals("Last1", nameOf(ids.get(1)));
    }

    @Test
    void X53_recordThatIsGone_isDeletedIfSoWishedOnceAndNeverOneOfSeveral() {
        List<String> ids = fill(3);
        runner.run(job(sink().deleting()));
        to.row("Contact", Map.of("LastName", "Twin", KEY, ids.get(2)));
        for (String id : ids.subList(1, 3)) {
            change(id, Map.of("IsDeleted", true));
        }
        change(fill(1).get(0), Map.of("IsDeleted", true));
        to.platform().next(Fault.none(), Fault.reset());

        SyncReport report = runner.run(job(sink().deleting()));

        assertEquals(State.COMPLETED, report.state(), report.problem());
        assertEquals(new Counts(3, 1, 1, 1), report.counts());
        assertEquals(0, found(ids.get(1)));
        assertEquals(2, found(ids.get(2)));
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void write_outcomeUnknown_neverMakesASecondContact(Loss loss) {
        LaggingContacts lagging = new LaggingContacts();
        lagging.next = loss;

        Optional<RuntimeException> failed = write(lagging, "1", "first");
        lagging.settle();
        Optional<RuntimeException> again = failed.isPresent() ? write(lagging, "1", "first") : failed;
        Optional<RuntimeException> changed = write(lagging, "1", "second");

        assertEquals(loss != Loss.AFTER_THE_WRITE, failed.isPresent());
        failed.ifPresent(e -> assertEquals(OutcomeUnknownException.class, e.getClass()));
        assertEquals(Optional.empty(), again);
        assertEquals(Optional.empty(), changed);
        assertEquals(List.of("second"), lagging.names("1"));
    }

    @Test
    void open_targetThatCannotDoIt_saysWhatIsMissing() {
        SyncReport report = runner.run(job(ContactsSink.of(new LaggingContacts(), KEY, ContactsSinkTest::form)
                .deleting()));

        assertEquals(State.FAILED, report.state());
        assertTrue(report.problem().contains("contacts.delete"), report.problem());
        assertFalse(report.problem().contains("contacts.upsert"), report.problem());
    }

    private static Optional<RuntimeException> write(Contacts target, String id, String name) {
        Change record = new Change(RecordRef.of("from", "Contact", id), false, Instant.EPOCH, Map.of("LastName", name));
        try (Sink sink =
                ContactsSink.of(target, KEY, ContactsSinkTest::form).build().get()) {
            sink.open(new SinkStream("copy", "Contact", 1));
            sink.write(new SinkBatch("copy", List.of(record), new SyncCursor("c"), 1));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }

    private ContactsSink.Builder sink() {
        return ContactsSink.of(target, KEY, ContactsSinkTest::form);
    }

    private static ContactDraft form(Change record) {
        return ContactDraft.named(String.valueOf(record.fields().get("LastName")))
                .build();
    }

    private SyncJob job(ContactsSink.Builder sink) {
        return SyncJob.named("copy")
                .from(trunkline.client(ChangeFeed.class, "from"), "Contact")
                .batch(10)
                .into(sink.build());
    }

    private List<String> fill(int contacts) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < contacts; i++) {
            from.now(from.now().plusSeconds(1));
            ids.add(from.row("Contact", Map.of("LastName", "Last" + i)));
        }
        return ids;
    }

    private void change(String id, Map<String, Object> fields) {
        from.now(from.now().plusSeconds(1));
        from.row("Contact", id).putAll(fields);
        from.row("Contact", id).put("SystemModstamp", from.now().toString().replaceAll("(\\.\\d+)?Z", ".000+0000"));
    }

    private int found(String id) {
        return target.findByExternalId(new ExternalKey(KEY, id)).all().size();
    }

    private String nameOf(String id) {
        return target.findByExternalId(new ExternalKey(KEY, id)).all().get(0).familyName();
    }

    /** All rows of the target, as it gives them itself. */
    private List<Change> copies() {
        return trunkline
                .client(ChangeFeed.class, "to")
                .read("Contact", Optional.empty(), 1000)
                .changes();
    }
}
