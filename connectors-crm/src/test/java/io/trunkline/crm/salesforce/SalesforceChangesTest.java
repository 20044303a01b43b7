package io.trunkline.crm.salesforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.VirtualClock;
import io.trunkline.connector.CommonSettings;
import io.trunkline.crm.Contacts;
import io.trunkline.error.InvalidRequestException;
import io.trunkline.sync.Change;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.ChangePage;
import io.trunkline.sync.FeedPartition;
import io.trunkline.sync.SyncCursor;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.CallOptions;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What has changed is given once each, and nothing is left out. */
@Timeout(120)
final class SalesforceChangesTest {

    private final FakeSalesforce org = new FakeSalesforce();
    private final VirtualClock clock = VirtualClock.single();
    private final Trunkline trunkline = Watched.trunkline()
            .time(TimeSource.of(clock::now, clock::nanos, clock::sleep))
            .connect(
                    "crm",
                    Salesforce.clientCredentials(org.platform().uri(), "consumer-key", Secret.of("secret"))
                            .with(CommonSettings.FIELDS, "vip = VIP__c; severity = Case.Severity__c"))
            .build();
    private final ChangeFeed feed = trunkline.client(ChangeFeed.class, "crm");
    private Optional<SyncCursor> cursor = Optional.empty();

    SalesforceChangesTest() {
        org.now(clock.now().minusSeconds(3_600));
        org.customField("Case", "Severity__c");
    }

    @AfterEach
    void close() {
        trunkline.close();
        org.close();
    }

    private List<Change> readAll(int limit) {
        List<Change> changes = new ArrayList<>();
        ChangePage page;
        do {
            page = feed.read("Contact", cursor, limit);
            changes.addAll(page.changes());
            cursor = Optional.of(page.next());
        } while (page.more());
        return changes;
    }

    private static List<String> ids(List<Change> changes) {
        return changes.stream().map(change -> change.ref().id()).toList();
    }

    @Test
    void X49_tenThousandAtOneTime_areGivenOnceEach() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            made.add(org.row("Contact", Map.of("LastName", "c" + i)));
        }

        List<String> given = ids(readAll(1_000));

        assertEquals(made, given);
        assertTrue(cursor.orElseThrow().text().length() < 300, "a cursor does not grow with the ties");
        assertEquals(List.of(), readAll(1_000));
    }

    @Test
    void X49_recordsChangedWhilePaging_areGivenAsTheyEnd() {
        long seed = Long.getLong("trunkline.seed", System.nanoTime());
        Random random = new Random(seed);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            org.now(org.now().plusSeconds(random.nextInt(2)));
            made.add(org.row("Contact", Map.of("LastName", "old")));
        }
        Map<String, Object> last = new HashMap<>();
        boolean more = true;
        for (int page = 0; more; page++) {
            ChangePage read = feed.read("Contact", cursor, 1 + random.nextInt(30));
            read.changes()
                    .forEach(change ->
                            last.put(change.ref().id(), change.fields().get("LastName")));
            cursor = Optional.of(read.next());
            more = read.more();
            if (more && page < 10) {
                // A later second than any that was read: the time for commits keeps the present one out of every page.
                org.now(org.now().plusSeconds(1 + random.nextInt(2)));
                String changed = made.get(random.nextInt(made.size()));
                org.row("Contact", changed).put("LastName", "new");
                org.row("Contact", changed)
                        .put("SystemModstamp", org.now().toString().replaceAll("(\\.\\d+)?Z", ".000+0000"));
            }
        }

        for (String id : made) {
            assertEquals(org.row("Contact", id).get("LastName"), last.get(id), "seed " + seed);
        }
    }

    @Test
    void partitions_recordsOfManyYears_areEachInOneAndStayThere() {
        Map<String, String> made = new HashMap<>();
        for (String year : List.of("2009", "2014", "2015", "2020", "2026")) {
            org.now(Instant.parse(year + "-01-01T00:00:00Z"));
            made.put(org.row("Contact", Map.of("LastName", year)), year);
        }
        String gone = made.keySet().iterator().next();
        org.row("Contact", gone).put("IsDeleted", true);

        List<FeedPartition> parts = feed.with(CallOptions.bulk()).partitions("Contact");

        Map<String, String> given = new HashMap<>();
        for (FeedPartition part : parts) {
            for (Change change :
                    part.feed().read("Contact", Optional.empty(), 10).changes()) {
                assertNull(given.put(change.ref().id(), part.name()), "given by two parts");
                assertEquals(change.ref().id().equals(gone), change.deleted());
            }
        }
        made.replaceAll((id, year) -> year.compareTo("2015") < 0 ? "to-2014" : year);
        assertEquals(made, given);
        assertEquals(13, parts.size());
        SyncCursor other =
                parts.get(1).feed().read("Contact", Optional.empty(), 10).next();
        assertThrows(InvalidRequestException.class, () -> parts.get(2).feed().read("Contact", Optional.of(other), 10));
        assertThrows(InvalidRequestException.class, () -> feed.read("Contact", Optional.of(other), 10));
    }

    @Test
    void X49_commitWithinTheSettledTime_isNotMissed() {
        org.now(clock.now().minusSeconds(4));
        org.row("Contact", Map.of("LastName", "committed at once"));
        assertEquals(0, readAll(10).size());
        String late = org.row("Contact", Map.of("LastName", "begun before, committed after the reading"));
        clock.advance(Duration.ofSeconds(10));

        List<Change> changes = readAll(10);

        assertEquals(2, changes.size());
        assertTrue(ids(changes).contains(late));
    }

    @Test
    void commitTime_longerByTheSetting_leavesMoreForTheNextReading() {
        org.now(clock.now().minusSeconds(60));
        org.row("Contact", Map.of("LastName", "young"));
        try (Trunkline slow = Watched.trunkline()
                .time(TimeSource.of(clock::now, clock::nanos, clock::sleep))
                .connect(
                        "crm",
                        Salesforce.clientCredentials(org.platform().uri(), "k", Secret.of("s"))
                                .with(Salesforce.COMMIT_TIME, Duration.ofMinutes(10)))
                .build()) {
            assertEquals(
                    0,
                    slow.client(ChangeFeed.class, "crm")
                            .read("Contact", Optional.empty(), 10)
                            .changes()
                            .size());
        }
        assertEquals(1, readAll(10).size());
    }

    @Test
    void X53_deletedAndMerged_areToldWithWhatTookTheirPlace() {
        String kept = org.row("Contact", Map.of("LastName", "kept"));
        String merged = org.row("Contact", Map.of("LastName", "merged"));
        String gone = org.row("Contact", Map.of("LastName", "gone"));
        readAll(10);
        org.now(org.now().plusSeconds(60));
        Contacts contacts = trunkline.client(Contacts.class, "crm");
        org.row("Contact", merged).put("MasterRecordId", kept);
        contacts.delete(RecordRef.of("crm", "Contact", merged));
        contacts.delete(RecordRef.of("crm", "Contact", gone));
        contacts.delete(RecordRef.of("crm", "Contact", gone));

        List<Change> changes = readAll(10);

        assertEquals(List.of(merged, gone), ids(changes));
        assertTrue(changes.stream().allMatch(Change::deleted));
        assertEquals(Map.of("MasterRecordId", kept), changes.get(0).fields());
        assertEquals(Map.of(), changes.get(1).fields());
    }

    @Test
    void read_fieldsOfTheRecord_keepThePlatformsNames() {
        org.row("Contact", Map.of("LastName", "A", "VIP__c", "yes"));

        Change change = readAll(10).get(0);

        assertEquals("yes", change.fields().get("VIP__c"));
        assertFalse(change.fields().containsKey("attributes"));
    }

    @Test
    void read_everyType_asksForFieldsThatItHas() {
        org.row("Case", Map.of("Subject", "S", "Severity__c", "high"));
        org.row("Account", Map.of("Name", "Acme"));

        Set<String> read = new HashSet<>();
        for (String type : feed.types()) {
            feed.read(type, Optional.empty(), 10)
                    .changes()
                    .forEach(change -> read.add(change.ref().type()));
        }

        assertEquals(Set.of("Case", "Account"), read);
    }

    @Test
    void read_answerOfFewerRowsThanAskedFor_saysThatThereIsMore() {
        for (int i = 0; i < 7; i++) {
            org.row("Contact", Map.of("LastName", "large"));
        }
        org.pageSize(3);

        assertEquals(7, readAll(100).size());
    }

    @Test
    void X50_foreignBrokenOrFutureCursor_isRefusedBeforeAnythingIsSent() {
        org.row("Contact", Map.of("LastName", "A"));
        readAll(10);
        String own = cursor.orElseThrow().text();
        int before = org.platform().count();
        for (String bad : List.of(
                own.replace("crm/Contact", "crm/Case"),
                own.replace("crm/", "other/"),
                own.replaceFirst("\"time\":\"2026", "\"time\":\"2036"),
                own.replace("\"v\":1", "\"v\":2"),
                "{}",
                "x")) {
            assertThrows(
                    InvalidRequestException.class,
                    () -> feed.read("Contact", Optional.of(new SyncCursor(bad)), 10),
                    bad);
        }
        assertThrows(InvalidRequestException.class, () -> feed.read("Lead", Optional.empty(), 10));
        assertThrows(InvalidRequestException.class, () -> feed.read("Contact", Optional.empty(), 0));
        assertThrows(InvalidRequestException.class, () -> feed.read("Contact", Optional.empty(), 2_001));

        assertEquals(before, org.platform().count());
    }

    @Test
    void T43_idInTheCursor_staysALiteral() {
        org.row("Contact", Map.of("LastName", "A"));
        readAll(10);
        String id = org.all("Contact").get(0).get("Id").toString();
        String hostile = "' OR Name != '";

        feed.read(
                "Contact",
                Optional.of(new SyncCursor(cursor.orElseThrow().text().replace(id, hostile))),
                10);

        assertEquals(List.of(hostile), org.literals());
    }
}
