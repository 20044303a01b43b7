package io.trunkline.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;

/** What a source connector is told: which connection, what of it, and into which topics. */
final class SourceSettings {

    static final String CONNECTION = "connection";
    static final String CONNECTOR = "connection.connector";
    static final String TYPES = "types";
    static final String PARTS = "parts";
    static final String TOPIC = "topic";
    static final String PAGE_SIZE = "page.size";
    static final String POLL_INTERVAL = "poll.interval.ms";
    static final String HEARTBEAT_TOPIC = "heartbeat.topic";
    static final String STORE_URL = "store.url";
    static final String STORE_USER = "store.user";
    static final String STORE_PASSWORD = "store.password";
    /** Given by the connector to its tasks, not by a user. */
    static final String SLICES = "task.slices";

    private static final String TOLERANCE = "errors.tolerance";
    private static final String TYPE_MARK = "{type}";
    private static final Pattern CONNECTION_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Pattern TOPIC_NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    CONNECTION,
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    ConfigDef.LambdaValidator.with(SourceSettings::checkName, () -> "letters, digits, - and _"),
                    Importance.HIGH,
                    "Name of the connection; references to records and the offsets hang on it.")
            .define(
                    CONNECTOR,
                    ConfigDef.Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    Importance.HIGH,
                    "Id of the connector, such as salesforce. Its settings are given as connection.<setting>;"
                            + " secrets by a configuration provider of the worker.")
            .define(
                    TYPES,
                    ConfigDef.Type.LIST,
                    List.of(),
                    Importance.HIGH,
                    "Types of record to read; all of the feed if empty.")
            .define(
                    PARTS,
                    ConfigDef.Type.BOOLEAN,
                    false,
                    Importance.MEDIUM,
                    "Whether the parts that a feed has are read each with a cursor of its own, so that tasks can share a"
                            + " type; each part is asked as often as a whole type. Changed, everything is read anew.")
            .define(
                    TOPIC,
                    ConfigDef.Type.STRING,
                    "{connection}.{type}",
                    Importance.HIGH,
                    "Topic to write to; {connection} and {type} stand for the names.")
            .define(
                    PAGE_SIZE,
                    ConfigDef.Type.INT,
                    500,
                    Range.between(1, 2000),
                    Importance.LOW,
                    "Most records of one reading.")
            .define(
                    POLL_INTERVAL,
                    ConfigDef.Type.LONG,
                    30_000L,
                    Range.atLeast(1),
                    Importance.MEDIUM,
                    "How long to wait at the end of a feed before it is read again.")
            .define(
                    HEARTBEAT_TOPIC,
                    ConfigDef.Type.STRING,
                    "",
                    Importance.LOW,
                    "Topic of a message for each cursor that has moved without a record, so that it is kept too.")
            .define(
                    STORE_URL,
                    ConfigDef.Type.STRING,
                    "",
                    Importance.MEDIUM,
                    "jdbc:postgresql address where tokens are kept, for platforms that rotate them.")
            .define(STORE_USER, ConfigDef.Type.STRING, "", Importance.LOW, "User of that database.")
            .define(STORE_PASSWORD, ConfigDef.Type.PASSWORD, "", Importance.LOW, "Password of that database.");

    private final AbstractConfig config;
    private final Map<String, String> texts;

    /**
     * Reads settings.
     *
     * @throws ConfigException naming the first that is wrong
     */
    SourceSettings(Map<String, String> texts) {
        this.config = new AbstractConfig(DEFINITION, texts, false);
        this.texts = texts;
    }

    String connection() {
        return config.getString(CONNECTION);
    }

    String connector() {
        return config.getString(CONNECTOR);
    }

    /** The settings of the connection, named as in a settings file. */
    Map<String, String> connectionSettings() {
        Map<String, String> settings = new TreeMap<>();
        String prefix = CONNECTION + ".";
        texts.forEach((name, value) -> {
            if (name.startsWith(prefix) && !name.equals(CONNECTOR)) {
                settings.put(name.substring(prefix.length()), value);
            }
        });
        return settings;
    }

    List<String> types() {
        return config.getList(TYPES);
    }

    /** Whether a feed's parts are read each for itself. */
    boolean parts() {
        return config.getBoolean(PARTS);
    }

    /**
     * The topic of a type.
     *
     * @throws ConfigException if the name is none
     */
    String topic(String type) {
        String topic = template().replace(TYPE_MARK, type);
        if (!TOPIC_NAME.matcher(topic).matches() || topic.matches("\\.{1,2}")) {
            throw new ConfigException("topic must be at most 249 letters, digits, dots, - and _ for each type");
        }
        return topic;
    }

    /** Records of two types in one topic would take each other's place, because their keys may be equal. */
    boolean topicForEachType() {
        return template().contains(TYPE_MARK);
    }

    int pageSize() {
        return config.getInt(PAGE_SIZE);
    }

    Duration pollInterval() {
        return Duration.ofMillis(config.getLong(POLL_INTERVAL));
    }

    String heartbeatTopic() {
        return config.getString(HEARTBEAT_TOPIC);
    }

    String storeUrl() {
        return config.getString(STORE_URL);
    }

    String storeUser() {
        return config.getString(STORE_USER);
    }

    String storePassword() {
        return config.getPassword(STORE_PASSWORD).value();
    }

    /** Whether a record that no topic can hold is left out instead of ending the task: Connect's own setting. */
    boolean leavesOutUnfit() {
        return "all".equalsIgnoreCase(texts.getOrDefault(TOLERANCE, "none"));
    }

    List<FeedSlice> slices() {
        return FeedSlice.parse(texts.getOrDefault(SLICES, "[]"));
    }

    /** The configuration of each task. Names stay as they are, so that Connect keeps secrets out of what it stores. */
    List<Map<String, String>> tasks(List<List<FeedSlice>> groups) {
        List<Map<String, String>> tasks = new ArrayList<>();
        for (List<FeedSlice> group : groups) {
            Map<String, String> task = new TreeMap<>(texts);
            task.put(SLICES, FeedSlice.text(group));
            tasks.add(task);
        }
        return tasks;
    }

    private String template() {
        return config.getString(TOPIC).replace("{connection}", connection());
    }

    private static void checkName(String name, Object value) {
        if (!(value instanceof String text) || !CONNECTION_NAME.matcher(text).matches()) {
            throw new ConfigException(name + " must be letters, digits, hyphens and underscores, at most 64");
        }
    }
}
