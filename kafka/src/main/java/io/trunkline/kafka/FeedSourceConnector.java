package io.trunkline.kafka;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.util.ConnectorUtils;
import org.jspecify.annotations.Nullable;

/**
 * Any change feed as a source of Kafka Connect. The offsets are the feed's cursors, what is read with a cursor of its own
 * goes to tasks, a record's id is the key and a deleted record a tombstone. At least once; the same version of a record
 * always has the same idempotency key.
 */
public final class FeedSourceConnector extends SourceConnector {

    static final String VERSION = Optional.ofNullable(
                    FeedSourceConnector.class.getPackage().getImplementationVersion())
            .orElse("0.1.0");

    private @Nullable SourceSettings settings;
    private List<FeedSlice> slices = List.of();

    /** Made by Connect. */
    public FeedSourceConnector() {}

    /** The version of the library. */
    @Override
    public String version() {
        return VERSION;
    }

    /** The settings; those of the connection are checked by {@link #validate}. */
    @Override
    public ConfigDef config() {
        return SourceSettings.DEFINITION;
    }

    /** What is wrong with the settings, those of the connection among them. No value is repeated. */
    @Override
    public Config validate(Map<String, String> properties) {
        Config config = super.validate(properties);
        boolean wrong = config.configValues().stream()
                .anyMatch(value -> !value.errorMessages().isEmpty());
        if (!wrong) {
            ConfigValue connector = config.configValues().stream()
                    .filter(value -> value.name().equals(SourceSettings.CONNECTOR))
                    .findFirst()
                    .orElseThrow();
            FeedConnection.problems(new SourceSettings(properties)).forEach(connector::addErrorMessage);
        }
        return config;
    }

    /** Opens the connection once, to see what there is to read. */
    @Override
    public void start(Map<String, String> properties) {
        SourceSettings given = new SourceSettings(properties);
        try (FeedConnection connection = FeedConnection.open(given)) {
            slices = FeedSlice.of(connection.feed(), connection.types(given));
        } catch (ConfigException e) {
            throw e;
        } catch (RuntimeException e) {
            throw ConnectFailures.of(e);
        }
        settings = given;
    }

    /** The class of the tasks. */
    @Override
    public Class<? extends Task> taskClass() {
        return FeedSourceTask.class;
    }

    /** Spreads what is read with a cursor of its own over at most so many tasks. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        SourceSettings given = Objects.requireNonNull(settings, "Connect starts a connector before it asks for tasks");
        int tasks = Math.min(maxTasks, slices.size());
        return tasks == 0 ? List.of() : given.tasks(ConnectorUtils.groupPartitions(slices, tasks));
    }

    /** Takes offsets that an operator sets by Connect's interface, if they are of the form that tasks write. */
    @Override
    public boolean alterOffsets(Map<String, String> properties, Map<Map<String, ?>, Map<String, ?>> offsets) {
        offsets.forEach((partition, offset) -> {
            boolean ours = partition.get("connection") instanceof String && partition.get("type") instanceof String;
            boolean cursor = offset == null || offset.get("cursor") instanceof String;
            if (!ours || !cursor) {
                throw new ConnectException("offsets are of the form {connection, type} to {cursor}");
            }
        });
        return true;
    }

    /** Nothing is left open. */
    @Override
    public void stop() {}
}
