package io.trunkline.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.CapturedLog;
import io.trunkline.checks.Leaks;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.error.InvalidRequestException;
import io.trunkline.mapping.Json;
import io.trunkline.value.Secret;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class FeedSourceTaskTest {

    private static final int MANY = 23;

    private final MemoryFeed platform = new MemoryFeed("crm");

    @Test
    void poll_savedAndDeleted_areStateAndTombstoneUnderTheRecordsId() throws Exception {
        Map<String, Object> fields = new HashMap<>(Map.of("LastName", "Meier", "Open", true, "Tags", List.of("a")));
        fields.put("Fax", null);
        platform.put("Contact", "c1", fields);
        platform.delete("Contact", "c2");

        List<SourceRecord> records = polled(RunningTask.settings(platform, "Contact"), 2);

        SourceRecord saved = records.get(0);
        assertEquals("crm.Contact", saved.topic());
        assertEquals(Schema.STRING_SCHEMA, saved.keySchema());
        assertEquals("c1", saved.key());
        assertNull(saved.valueSchema());
        assertEquals(fields, saved.value());
        assertNull(saved.timestamp());
        assertEquals("crm", header(saved, TopicHeaders.CONNECTION));
        assertEquals("Contact", header(saved, TopicHeaders.TYPE));
        assertEquals("2026-03-01T08:00:00Z", header(saved, TopicHeaders.CHANGED_AT));
        assertTrue(header(saved, TopicHeaders.IDEMPOTENCY_KEY).startsWith("crm/Contact/c1/2026-03-01T08:00:00Z/"));
        assertEquals("c2", records.get(1).key());
        assertNull(records.get(1).value());
    }

    @Test
    void poll_anyFieldsOfAFeed_areWrittenByConnectsOwnJsonAsTheyWere() throws Exception {
        String document =
                "{\"A\":1,\"B\":12.10,\"C\":null,\"D\":{\"E\":[1.5,true,null,\"x\"]},\"F\":9223372036854775807}";
        platform.put("Contact", "c1", Json.object(document.getBytes(StandardCharsets.UTF_8)));
        platform.put("Contact", "c2", Map.of("Sum", new BigDecimal("12345678901234567890.123"), "Half", 0.5f));

        List<SourceRecord> records = polled(RunningTask.settings(platform, "Contact"), 2);

        try (JsonConverter json = new JsonConverter()) {
            json.configure(Map.of("schemas.enable", "false"), false);
            List<String> written = records.stream()
                    .map(each -> json.fromConnectData(each.topic(), each.valueSchema(), each.value()))
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .toList();
            assertEquals(document.replace("12.10", "12.1"), written.get(0));
            assertTrue(written.get(1).contains("\"Sum\":\"12345678901234567890.123\""), written.get(1));
            assertTrue(written.get(1).contains("\"Half\":0.5"), written.get(1));
        }
    }

    @Test
    void X47_task_stoppedAfterAnyRecord_hasEveryRecordInTheEnd() throws Exception {
        Map<String, String> settings = manyRecords();

        for (int written = 0; written <= MANY; written++) {
            assertEquals(Set.of(), missing(settings, written, written), "after " + written);
        }
    }

    @Test
    void X47_control_offsetsOfWhatWasPolledAndNotWritten_loseRecords() throws Exception {
        assertEquals(MANY - 3, missing(manyRecords(), 3, MANY).size());
    }

    private Map<String, String> manyRecords() {
        for (int i = 0; i < MANY; i++) {
            platform.put(i % 3 == 0 ? "Account" : "Contact", "r" + i, Map.of("N", (long) i));
        }
        return RunningTask.settings(platform, "Account,Contact");
    }

    /** What is not there when a task was stopped with some records written and the offsets of some kept. */
    private Set<Object> missing(Map<String, String> settings, int written, int kept) throws InterruptedException {
        Map<Map<String, ?>, Map<String, Object>> offsets = new HashMap<>();
        Set<Object> there = new HashSet<>();
        try (RunningTask first = new RunningTask(settings, offsets)) {
            List<SourceRecord> polled = first.poll(MANY);
            polled.subList(0, written).forEach(each -> there.add(each.key()));
            polled.subList(0, kept)
                    .forEach(each -> offsets.put(each.sourcePartition(), new HashMap<>(each.sourceOffset())));
        }
        Set<String> ends = Set.of("contact-end" + written, "account-end" + written);
        platform.put("Contact", "contact-end" + written, Map.of());
        platform.put("Account", "account-end" + written, Map.of());
        try (RunningTask second = new RunningTask(settings, offsets)) {
            while (!there.containsAll(ends)) {
                there.addAll(keys(second.poll(1)));
            }
        }
        Set<Object> missing = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            missing.add("r" + i);
        }
        missing.removeAll(there);
        return missing;
    }

    @Test
    void X48_poll_unfitRecord_endsTheTaskUnlessErrorsAreTolerated() throws Exception {
        platform.put("Contact", "c1", Map.of("A", 1L));
        platform.put("Contact", "c2", Map.of("Key", Secret.of(Canary.secret())));
        Map<String, String> settings = RunningTask.settings(platform, "Contact");

        ConnectException ended = Leaks.saw(assertThrows(ConnectException.class, () -> polled(settings, 2)));
        settings.put("errors.tolerance", "all");
        List<SourceRecord> records = polled(settings, 1);

        assertTrue(ended.getMessage().contains("field Key: a Secret"), ended.getMessage());
        assertEquals(Set.of("c1"), keys(records));
        assertEquals(Map.of("cursor", "p2"), records.get(0).sourceOffset());
        assertTrue(CapturedLog.lines().stream().anyMatch(line -> line.contains("it is left out")));
    }

    @ParameterizedTest
    @EnumSource
    void poll_eachKindOfFailure_passesOrEndsTheTask(ErrorKind kind) throws Exception {
        platform.put("Contact", "c1", Map.of());
        platform.faults.add(() -> {
            throw Failures.of("no", ErrorContext.of("crm", "changes.read", kind));
        });
        boolean passes = kind.passing() || kind == ErrorKind.QUOTA_EXHAUSTED;

        try (RunningTask running = new RunningTask(RunningTask.settings(platform, "Contact"), Map.of())) {
            ConnectException failure = assertThrows(ConnectException.class, () -> running.poll(1));

            assertEquals(passes, failure instanceof RetriableException);
            if (passes) {
                assertEquals(Set.of("c1"), keys(running.poll(1)));
            }
        }
    }

    @Test
    void poll_connectorWithABug_endsTheTaskAndTellsNobodysData() {
        String person = Canary.email();
        platform.faults.add(() -> {
            throw new IllegalStateException("no such user " + person);
        });

        try (RunningTask running = new RunningTask(RunningTask.settings(platform, "Contact"), Map.of())) {
            ConnectException failure = Leaks.saw(assertThrows(ConnectException.class, () -> running.poll(1)));

            assertFalse(failure instanceof RetriableException);
            assertEquals(MemoryFeed.class.getName(), topOfOurs(failure));
        }
    }

    @Test
    void X54_poll_platformThatHangs_comesBackAndIsStoppedAtOnce() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        platform.faults.add(() -> {
            hanging.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        RunningTask running = new RunningTask(RunningTask.settings(platform, "Contact"), Map.of());
        hanging.await();

        long start = System.nanoTime();
        assertNull(running.task.poll());
        running.close();

        assertTrue(System.nanoTime() - start < 2_000_000_000L);
        interrupted.await();
        assertNull(running.task.poll());
    }

    @Test
    void poll_cursorThatMovesWithoutARecord_isKeptByAHeartbeatIfThereIsATopicForIt() throws Exception {
        platform.put("Account", "a1", Map.of());
        Map<String, String> settings = RunningTask.settings(platform, "Contact");
        try (RunningTask silent = new RunningTask(settings, Map.of())) {
            assertNull(silent.task.poll());
        }

        settings.put("heartbeat.topic", "beats");
        List<SourceRecord> records = polled(settings, 1);

        assertEquals("beats", records.get(0).topic());
        assertEquals("crm/Contact", records.get(0).key());
        assertNull(records.get(0).value());
        assertEquals(Map.of("cursor", "p1"), records.get(0).sourceOffset());
    }

    @Test
    void start_offsetThatIsNotTheFeeds_endsTheTask() {
        Map<Map<String, ?>, Map<String, Object>> offsets =
                Map.of(Map.of("connection", "crm", "type", "Contact"), Map.of("cursor", "nonsense"));

        try (RunningTask running = new RunningTask(RunningTask.settings(platform, "Contact"), offsets)) {
            ConnectException failure = assertThrows(ConnectException.class, () -> running.poll(1));

            assertFalse(failure instanceof RetriableException);
            assertInstanceOf(InvalidRequestException.class, failure.getCause());
        }
    }

    private static List<SourceRecord> polled(Map<String, String> settings, int records) throws InterruptedException {
        try (RunningTask running = new RunningTask(settings, Map.of())) {
            return running.poll(records);
        }
    }

    private static Set<Object> keys(List<SourceRecord> records) {
        return records.stream().map(SourceRecord::key).collect(Collectors.toSet());
    }

    private static String header(SourceRecord record, String name) {
        return String.valueOf(record.headers().lastWithName(name).value());
    }

    private static String topOfOurs(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(MemoryFeed.class.getName()::equals)
                .findFirst()
                .orElse("");
    }
}
