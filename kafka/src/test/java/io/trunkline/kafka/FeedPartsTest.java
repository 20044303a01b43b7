package io.trunkline.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.connect.connector.ConnectorContext;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A feed in parts: each is read with a cursor of its own, by one task. */
@Timeout(60)
final class FeedPartsTest {

    private static final int EACH = 9;

    private final MemoryFeed platform = new MemoryFeed("crm", "a", "b", "c");
    private final Map<String, String> settings = RunningTask.settings(platform, "Contact");
    private final Map<Map<String, ?>, Map<String, Object>> offsets = new HashMap<>();

    @BeforeEach
    void inParts() {
        settings.put("parts", "true");
    }

    @Test
    void taskConfigs_feedInParts_spreadsThemWithOffsetsOfTheirOwn() {
        settings.put("types", "Account,Contact");

        List<List<FeedSlice>> tasks = slices(RunningTask.configs(settings, 4));

        assertEquals(List.of(2, 2, 1, 1), tasks.stream().map(List::size).toList());
        List<FeedSlice> all = tasks.stream().flatMap(List::stream).toList();
        assertEquals(FeedSlice.of(platform, List.of("Account", "Contact")), all);
        assertEquals(
                6,
                all.stream()
                        .map(slice -> slice.sourcePartition("crm"))
                        .distinct()
                        .count());
    }

    @Test
    void taskConfigs_partsThatAreNotWanted_makesOneWholeOfEachType() throws Exception {
        fill("a", "c");
        settings.remove("parts");

        assertEquals(List.of(List.of(FeedSlice.whole("Contact"))), slices(RunningTask.configs(settings, 4)));
        try (RunningTask running = new RunningTask(settings, offsets)) {
            assertEquals(2 * EACH, keep(running.poll(2 * EACH)).size());
        }
        assertEquals(Set.of(Map.of("connection", "crm", "type", "Contact")), offsets.keySet());
    }

    @Test
    void poll_twoTasks_giveEachRecordOnceAndFromItsOwnPart() throws Exception {
        fill("a", "b", "c");
        List<Map<String, String>> configs = RunningTask.configs(settings, 2);
        Set<String> given = new TreeSet<>();

        for (Map<String, String> config : configs) {
            int expected = new SourceSettings(config).slices().size() * EACH;
            try (RunningTask running = RunningTask.configured(config, offsets)) {
                for (SourceRecord record : running.poll(expected)) {
                    assertTrue(given.add(key(record)), "given twice: " + record.key());
                    assertEquals(
                            key(record).substring(0, 1),
                            record.sourcePartition().get("partition"));
                }
                assertNull(running.task.poll());
            }
        }

        assertEquals(2, configs.size());
        assertEquals(3 * EACH, given.size());
    }

    @Test
    void start_offsetsOfSomeParts_goesOnFromEachPartsOwnCursor() throws Exception {
        fill("a", "b", "c");
        try (RunningTask first = new RunningTask(settings, Map.of())) {
            keep(first.poll(3 * EACH));
        }
        offsets.keySet().removeIf(partition -> "c".equals(partition.get("partition")));
        platform.put("Contact", "b-new", Map.of());

        Map<String, Integer> given = new TreeMap<>();
        try (RunningTask second = new RunningTask(settings, offsets)) {
            second.poll(EACH + 1).forEach(record -> given.merge(key(record).substring(0, 2), 1, Integer::sum));
            assertNull(second.task.poll());
        }

        assertEquals(Map.of("b-", 1, "c-", EACH), given);
    }

    @Test
    void poll_partThatIsGone_endsTheTaskAndNamesIt() {
        Map<String, String> config = RunningTask.configs(settings, 1).get(0);
        platform.parts.remove("b");

        try (RunningTask running = RunningTask.configured(config, offsets)) {
            ConnectException failure = assertThrows(ConnectException.class, () -> running.poll(1));

            assertFalse(failure instanceof RetriableException);
            assertTrue(failure.getMessage().contains("no such part any more: Contact/b"), failure.getMessage());
        }
    }

    @Test
    void look_partThatHasComeOrGone_goesToATaskOrFailsTheConnector() {
        Asked asked = new Asked();
        FeedSourceConnector connector = new FeedSourceConnector();
        connector.initialize(asked);
        connector.start(settings);

        connector.look();
        assertEquals(0, asked.reconfigurations);
        platform.parts.add("d");
        connector.look();
        connector.look();
        int tasks = connector.taskConfigs(8).size();
        platform.parts.remove("a");
        connector.look();
        connector.stop();

        assertEquals(1, asked.reconfigurations);
        assertEquals(4, tasks);
        assertEquals(1, asked.errors.size());
        assertTrue(String.valueOf(asked.errors.get(0).getMessage()).contains("Contact/a"));
    }

    private void fill(String... parts) {
        for (int i = 0; i < EACH; i++) {
            for (String part : parts) {
                platform.put("Contact", part + "-" + i, Map.of("N", (long) i));
            }
        }
    }

    private List<SourceRecord> keep(List<SourceRecord> records) {
        records.forEach(each -> offsets.put(each.sourcePartition(), new HashMap<>(each.sourceOffset())));
        return records;
    }

    private static List<List<FeedSlice>> slices(List<Map<String, String>> configs) {
        return configs.stream()
                .map(config -> new SourceSettings(config).slices())
                .toList();
    }

    private static String key(SourceRecord record) {
        return String.valueOf(record.key());
    }

    /** What a connector asks of its worker. */
    private static final class Asked implements ConnectorContext {

        private int reconfigurations;
        private final List<Exception> errors = new ArrayList<>();

        @Override
        public void requestTaskReconfiguration() {
            reconfigurations++;
        }

        @Override
        public void raiseError(Exception e) {
            errors.add(e);
        }
    }
}
