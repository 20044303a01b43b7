package io.trunkline.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;

final class FeedSourceConnectorTest {

    private final MemoryFeed platform = new MemoryFeed("crm");
    private final FeedSourceConnector connector = new FeedSourceConnector();

    @Test
    void taskConfigs_moreTypesThanTasks_spreadsThemAndKeepsTheNamesOfSettings() {
        Map<String, String> settings = RunningTask.settings(platform, "");
        connector.start(settings);

        List<Map<String, String>> tasks = connector.taskConfigs(2);

        assertEquals(2, tasks.size());
        assertEquals(
                List.of(
                        List.of(FeedSlice.whole("Account"), FeedSlice.whole("Case")),
                        List.of(FeedSlice.whole("Contact"))),
                tasks.stream().map(each -> new SourceSettings(each).slices()).toList());
        tasks.forEach(task -> {
            task.remove(SourceSettings.SLICES);
            assertEquals(settings, task);
        });
    }

    @Test
    void taskConfigs_moreTasksThanTypes_makesOneForEach() {
        connector.start(RunningTask.settings(platform, "Contact,Case"));

        assertEquals(2, connector.taskConfigs(8).size());
    }

    @Test
    void validate_everyWrongSettingOfTheConnection_isNamedWithoutItsValue() {
        Map<String, String> settings = RunningTask.settings(platform, "Contact");
        settings.remove("connection.platform");
        settings.put("connection.tokn", Canary.secret());

        List<String> problems = problems(settings);

        problems.forEach(Leaks::printed);
        assertEquals(2, problems.size());
        assertTrue(problems.get(0).startsWith("platform is required"), problems.get(0));
        assertTrue(problems.get(1).startsWith("tokn is not a setting of memory"), problems.get(1));
    }

    @Test
    void validate_goodSettings_findsNothing() {
        assertEquals(List.of(), problems(RunningTask.settings(platform, "Contact")));
    }

    @Test
    void validate_unknownConnector_namesThoseThatAreThere() {
        Map<String, String> settings = RunningTask.settings(platform, "Contact");
        settings.put("connection.connector", "none");

        assertTrue(problems(settings).get(0).contains("known are memory"));
    }

    @Test
    void validate_ownSettings_areCheckedToo() {
        Map<String, String> settings = RunningTask.settings(platform, "Contact");
        settings.put("connection", "not a name");
        settings.put("page.size", "2001");

        assertEquals(2, problems(settings).size());
    }

    @Test
    void start_typesThatTheFeedHasNot_isRefused() {
        ConnectException refused = Leaks.saw(assertThrows(
                ConnectException.class, () -> connector.start(RunningTask.settings(platform, "Contact,Lead"))));

        assertTrue(refused.getMessage().contains("[Account, Case, Contact]"), refused.getMessage());
    }

    @Test
    void start_severalTypesInOneTopic_isRefusedBecauseKeysWouldMeet() {
        Map<String, String> settings = RunningTask.settings(platform, "Contact,Case");
        settings.put("topic", "all");
        assertThrows(ConnectException.class, () -> connector.start(settings));

        settings.put("types", "Case");
        connector.start(settings);

        assertEquals("all", new SourceSettings(settings).topic("Case"));
    }

    @Test
    void start_topicThatIsNoName_isRefused() {
        Map<String, String> settings = RunningTask.settings(platform, "Contact");
        settings.put("topic", "a b{type}");

        assertThrows(ConfigException.class, () -> connector.start(settings));
    }

    @Test
    void alterOffsets_ofTheTasksForm_areTakenAndOthersRefused() {
        Map<String, String> partition = Map.of("connection", "crm", "type", "Contact");
        Map<String, Object> part = Map.of("connection", "crm", "type", "Contact", "partition", "a");

        assertTrue(connector.alterOffsets(Map.of(), Map.of(partition, Map.of("cursor", "p7"))));
        assertTrue(connector.alterOffsets(Map.of(), Collections.singletonMap(partition, null)));
        assertThrows(
                ConnectException.class,
                () -> connector.alterOffsets(Map.of(), Map.of(partition, Map.of("offset", 7L))));
        assertThrows(
                ConnectException.class,
                () -> connector.alterOffsets(Map.of(), Map.of(Map.of("file", "x"), Map.of("cursor", "p7"))));
        assertTrue(connector.alterOffsets(Map.of(), Map.of(part, Map.of("cursor", "ap7"))));
        for (Object wrong : List.of(7L, "whole")) {
            Map<String, Object> unread = Map.of("connection", "crm", "type", "Contact", "partition", wrong);
            assertThrows(
                    ConnectException.class,
                    () -> connector.alterOffsets(Map.of(), Map.of(unread, Map.of("cursor", "ap7"))));
        }
    }

    @Test
    void connector_onTheClassPath_isFoundByConnect() {
        assertTrue(ServiceLoader.load(SourceConnector.class).stream()
                .anyMatch(found -> found.type().equals(FeedSourceConnector.class)));
    }

    private List<String> problems(Map<String, String> settings) {
        return connector.validate(settings).configValues().stream()
                .map(ConfigValue::errorMessages)
                .flatMap(List::stream)
                .toList();
    }
}
