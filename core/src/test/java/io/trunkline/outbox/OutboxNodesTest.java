package io.trunkline.outbox;

import static io.trunkline.outbox.OutboxNode.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.delivery.WorkerThreads;
import io.trunkline.store.Store;
import io.trunkline.store.StoreForms;
import io.trunkline.value.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several workers on one store. */
@Timeout(120)
final class OutboxNodesTest {

    private static final int ENTITIES = 10;
    private static final int EACH = 15;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void threads_ofTwoNodes_writeEachOnceInItsOrder(StoreForms form) throws Exception {
        CountDownLatch left = new CountDownLatch(ENTITIES * EACH);
        Diary diary = new Diary();
        diary.always((platform, entry) -> {
            Diary.WELL.strike(platform, entry);
            left.countDown();
        });
        try (Store store = form.open(TimeSource.system(), folder)) {
            Outbox first = node(store, diary);
            Outbox second = node(store, diary);
            try (WorkerThreads some = first.start(2);
                    WorkerThreads others = second.start(2)) {
                for (int number = 0; number < EACH; number++) {
                    for (int entity = 0; entity < ENTITIES; entity++) {
                        first.put(entry((char) ('a' + entity) + "-", 100 + number));
                    }
                }
                assertTrue(left.await(60, TimeUnit.SECONDS));
                some.wake();
                others.wake();
            }

            for (int entity = 0; entity < ENTITIES; entity++) {
                String name = (char) ('a' + entity) + "-";
                List<String> expected = IntStream.range(0, EACH)
                        .mapToObj(number -> name + (100 + number))
                        .toList();
                assertEquals(expected, diary.lines(name));
            }
            assertEquals(ENTITIES * EACH, new HashSet<>(diary.lines()).size());
            assertEquals(ENTITIES * EACH, diary.requests());
        }
    }

    @ParameterizedTest
    @EnumSource(StoreForms.class)
    void X40_slowNodeThatIsTakenOver_isAskedAfterAndItsEndDoesNotCount(StoreForms form) {
        try (OutboxNode node = new OutboxNode(form, folder)) {
            Diary second = new Diary();
            second.answers(new Reconciliation.Done("found by the second"));
            Outbox other = new Outbox("crm", node.store, node.time).on(OutboxNode.KIND, second);
            node.diary.next((diary, entry) -> {
                Diary.WELL.strike(diary, entry);
                node.clock.advance(Duration.ofMinutes(6));
                OutboxNode.drain(other);
            });
            node.put("a", 1);

            node.drain();

            assertEquals(List.of("a1"), node.diary.lines());
            assertEquals(0, second.requests());
            assertEquals("found by the second", ((OutboxResult.Done) node.result("key-a1")).platformId());
            assertEquals(List.of(), node.waiting());
        }
    }

    @Test
    void close_whileAWriteIsUnderWay_endsItsThreadsAndLosesNothing() throws Exception {
        try (OutboxNode node = new OutboxNode(StoreForms.SQLITE, folder)) {
            CountDownLatch begun = new CountDownLatch(1);
            node.diary.next((diary, entry) -> {
                Diary.WELL.strike(diary, entry);
                begun.countDown();
                new CountDownLatch(1).await();
            });
            node.put("a", 1);
            WorkerThreads threads = node.outbox.start(1);
            assertTrue(begun.await(30, TimeUnit.SECONDS));

            threads.close();
            awaitEnd();
            node.clock.advance(Duration.ofMinutes(6));
            node.drain();

            assertEquals(List.of("a1"), node.diary.lines());
            assertInstanceOf(OutboxResult.Done.class, node.result("key-a1"));
        }
    }

    private static Outbox node(Store store, Diary diary) {
        return new Outbox("crm", store, TimeSource.system()).on(OutboxNode.KIND, diary);
    }

    private static void awaitEnd() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("trunkline-outbox")) {
                thread.join(30_000);
            }
        }
    }
}
