package io.trunkline.crm.requesttracker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.error.ConfigurationException;
import io.trunkline.sync.Change;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.ChangePage;
import io.trunkline.sync.SyncCursor;
import io.trunkline.testkit.Watched;
import io.trunkline.testkit.platforms.FakeRequestTracker;
import io.trunkline.value.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RequestTrackerChangesTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private final String token = Canary.secret();
    private final FakeRequestTracker desk = new FakeRequestTracker(token);
    private final Trunkline trunkline = Watched.trunkline()
            .connect("desk", RequestTracker.token(desk.platform().uri(), Secret.of(token), "Support"))
            .build();
    private final ChangeFeed feed = trunkline.client(ChangeFeed.class, "desk");

    @AfterEach
    void close() {
        trunkline.close();
        desk.close();
    }

    @Test
    void read_mergedTicket_isGoneAndTheOtherIsNot() {
        desk.now(START);
        String kept = desk.enterTicket(Map.of("Subject", "kept"));
        String merged = desk.enterTicket(Map.of("Subject", "merged"));
        desk.now(START.plusSeconds(5));
        desk.merge(merged, kept);

        List<Change> changes = all(10);

        assertEquals(
                List.of(kept, merged),
                changes.stream().map(change -> change.ref().id()).toList());
        assertEquals(List.of(false, true), changes.stream().map(Change::deleted).toList());
        assertEquals(kept, changes.get(1).fields().get("MergedInto"));
    }

    @Test
    void read_ticketDeletedAndRestoredWithinASecond_isThere() {
        desk.now(START);
        String ticket = desk.enterTicket(Map.of("Subject", "x"));
        desk.delete(ticket);
        desk.ticket(ticket).put("Status", "open");

        List<Change> changes = all(10);

        assertEquals(1, changes.size());
        assertFalse(changes.get(0).deleted());
    }

    @Test
    void read_manyDeletionsBetweenManyTickets_areMergedInOrderWhateverThePage() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            desk.now(START.plusSeconds(i / 7));
            String ticket = desk.enterTicket(Map.of("Subject", "t" + i));
            if (i % 2 == 0) {
                desk.delete(ticket);
            }
            expected.add(ticket);
        }

        for (int limit : new int[] {1, 7, 100, 2_000}) {
            assertEquals(
                    expected,
                    all(limit).stream().map(change -> change.ref().id()).toList(),
                    "limit " + limit);
        }
    }

    @Test
    void read_ticketsOfTheSameDayBeforeTheCursor_areNotGivenAgain() {
        desk.now(START);
        String first = desk.enterTicket(Map.of("Subject", "first"));
        String second = desk.enterTicket(Map.of("Subject", "second"));
        desk.now(START.plusSeconds(60));
        // Its number is lower than the second's, and its day the same: the platform's "=" would confuse both.
        desk.ticket(first).put("LastUpdated", START.plusSeconds(60).toString());

        ChangePage page = feed.read("ticket", Optional.empty(), 1);

        assertEquals(second, page.changes().get(0).ref().id());
        assertEquals(List.of(first), ids(feed.read("ticket", Optional.of(page.next()), 10)));
    }

    @Test
    void read_ticketThatChangesBetweenPages_hidesNoOther() {
        List<String> entered = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            desk.now(START.plusSeconds(i));
            entered.add(desk.enterTicket(Map.of("Subject", "t" + i)));
        }
        ChangePage page = feed.read("ticket", Optional.empty(), 3);
        desk.ticket(entered.get(0)).put("LastUpdated", START.plusSeconds(100).toString());

        List<String> rest = new ArrayList<>();
        Optional<SyncCursor> cursor = Optional.of(page.next());
        for (ChangePage next = page; next.more(); cursor = Optional.of(next.next())) {
            next = feed.read("ticket", cursor, 3);
            rest.addAll(ids(next));
        }

        assertTrue(rest.containsAll(entered.subList(3, 9)), rest::toString);
        assertTrue(rest.contains(entered.get(0)));
    }

    @Test
    void read_changeOfThisMoment_waitsForTheNextReading() {
        desk.now(Instant.now());
        desk.enterTicket(Map.of("Subject", "young"));
        desk.now(Instant.now().minus(Duration.ofMinutes(1)));
        String settled = desk.enterTicket(Map.of("Subject", "settled"));

        assertEquals(List.of(settled), ids(feed.read("ticket", Optional.empty(), 10)));
    }

    @Test
    void read_tokenOfAUserInAnotherZone_isRefused() {
        desk.now(START);
        desk.enterTicket(Map.of("Subject", "x"));
        desk.zone(ZoneId.of("Asia/Shanghai"));

        Leaks.saw(assertThrows(ConfigurationException.class, () -> feed.read("ticket", Optional.empty(), 10)));
    }

    private List<Change> all(int limit) {
        List<Change> all = new ArrayList<>();
        Optional<SyncCursor> cursor = Optional.empty();
        boolean more = true;
        for (int pages = 0; more; pages++) {
            assertTrue(pages < 1_000, "the feed never ends");
            ChangePage page = feed.read("ticket", cursor, limit);
            all.addAll(page.changes());
            cursor = Optional.of(page.next());
            more = page.more();
        }
        return all;
    }

    private static List<String> ids(ChangePage page) {
        return page.changes().stream().map(change -> change.ref().id()).toList();
    }
}
