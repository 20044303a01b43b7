package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.crm.CallDirection;
import io.trunkline.crm.CallLog;
import io.trunkline.crm.CallOpening;
import io.trunkline.crm.CallSummary;
import io.trunkline.crm.Comment;
import io.trunkline.crm.Ticket;
import io.trunkline.crm.TicketStatus;
import io.trunkline.crm.Tickets;
import io.trunkline.crm.durable.DurableCallLog;
import io.trunkline.crm.requesttracker.RequestTracker;
import io.trunkline.delivery.WorkerThreads;
import io.trunkline.outbox.Outbox;
import io.trunkline.outbox.OutboxResult;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.testkit.Watched;
import io.trunkline.value.CallOptions;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that must happen, with the server killed again and again: each is there once, as it was written. */
final class WritesUnderKillTest {

    private static final int FASTER = 10;
    private static final Duration PATIENCE = Duration.ofHours(2);

    @TempDir
    private Path folder;

    @Test
    void writes_serverKilledInTheMiddle_areThereOnceAndAsTheyWereWritten() {
        int calls = Integer.getInteger("rt.writes", 100) / 2;
        long seed = Measured.seed();
        TimeSource clock = faster();
        try (DeskServer server = DeskServer.fresh(Map.of());
                Store store = JdbcStore.sqlite(folder.resolve("outbox.db"), clock);
                Trunkline trunkline = Watched.trunkline()
                        .connect(
                                "desk",
                                RequestTracker.token(server.uri(), Secret.of(DeskServer.token()), "Support"))
                        .build()) {
            Outbox outbox = new Outbox("desk", store, clock);
            DurableCallLog log = DurableCallLog.over(trunkline.client(CallLog.class, "desk"), outbox);
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                keys.add(log.open(CallOpening.of(
                        id(i), CallDirection.INBOUND, PhoneNumber.parse("+442079460123"), Instant.EPOCH.plusSeconds(i))));
                keys.add(log.complete(id(i), CallSummary.builder().notes("notes of " + id(i)).build()));
            }
            int kills;
            try (Killer killer = Killer.of(server, seed, 15_000, Math.max(6, calls / 8));
                    WorkerThreads threads = outbox.start(4)) {
                awaitAll(outbox, keys);
                kills = killer.kills();
            }

            Map<String, Integer> ends = new TreeMap<>();
            keys.forEach(key -> ends.merge(
                    outbox.result(key).map(result -> result.getClass().getSimpleName()).orElse("none"), 1, Integer::sum));
            assertEquals(Map.of("Done", keys.size()), ends, "seed " + seed);
            // The server has just been started anew, and reads a thousand writes for the first time.
            CallOptions patient = CallOptions.within(Duration.ofMinutes(2));
            readBack(
                    trunkline.client(Tickets.class, "desk").with(patient),
                    trunkline.client(CallLog.class, "desk").with(patient),
                    calls);
            assertEquals(calls, TicketRows.count(server.jdbc()), "something was created twice; seed " + seed);
            Measured.say(keys.size() + " writes of the outbox with " + kills
                    + " kills of the server: each there once, as it was written (seed " + seed + ")");
        }
    }

    private static void readBack(Tickets tickets, CallLog calls, int count) {
        for (int i = 0; i < count; i++) {
            RecordRef ref = calls.get(id(i)).orElseThrow().info().ref();
            Ticket ticket = tickets.get(ref).orElseThrow();
            assertEquals("inbound +442079460123 " + Instant.EPOCH.plusSeconds(i), ticket.description());
            assertTrue(ticket.status().is(TicketStatus.SOLVED), ticket.status()::word);
            assertEquals(
                    List.of("notes of " + id(i)),
                    tickets.comments(ref).stream().map(Comment::body).toList());
        }
    }

    private static void awaitAll(Outbox outbox, List<String> keys) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (String key : keys) {
            while (outbox.result(key).filter(OutboxResult.Pending.class::isInstance).isPresent()) {
                assertTrue(System.nanoTime() < end, "the outbox does not come to its end");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            }
        }
    }

    /** A clock on which the pauses of the outbox, of seconds to minutes, pass faster. The calls' own deadlines do not. */
    private static TimeSource faster() {
        Instant start = Instant.now();
        long begun = System.nanoTime();
        return TimeSource.of(
                () -> start.plusNanos((System.nanoTime() - begun) * FASTER),
                () -> (System.nanoTime() - begun) * FASTER,
                duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos() / FASTER));
    }

    private static String id(int call) {
        return "call-" + call;
    }
}
