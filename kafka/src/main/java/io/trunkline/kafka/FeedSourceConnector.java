package io.trunkline.kafka;

import io.trunkline.privacy.MaskedLog;
import io.trunkline.sync.FeedPartition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

    private static final MaskedLog LOG = MaskedLog.of(FeedSourceConnector.class);
    private static final int MINUTES_BETWEEN_LOOKS = 10;
    private static final Set<String> WHOLE_KEYS = Set.of("connection", "type");
    private static final Set<String> PART_KEYS = Set.of("connection", "type", "partition");

    private @Nullable SourceSettings settings;
    private @Nullable ScheduledExecutorService looking;
    private volatile List<FeedSlice> slices = List.of();

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

    /** Opens the connection, to see what there is to read; of a feed in parts, looks from time to time for new ones. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for a look; looking does not throw.
    public void start(Map<String, String> properties) {
        SourceSettings given = new SourceSettings(properties);
        try {
            slices = told(given);
        } catch (ConfigException e) {
            throw e;
        } catch (RuntimeException e) {
            throw ConnectFailures.of(e);
        }
        settings = given;
        if (!slices.stream().allMatch(FeedSlice::isWhole)) {
            looking = lookedAt();
        }
    }

    /** Gives parts that have come to the tasks. A part that is gone fails the connector: what it held would be missing. */
    void look() {
        try {
            List<FeedSlice> known = slices;
            List<FeedSlice> now = told(started());
            List<FeedSlice> gone =
                    known.stream().filter(slice -> !now.contains(slice)).toList();
            if (!gone.isEmpty()) {
                context.raiseError(FeedSlice.gone(gone));
            } else if (now.size() > known.size()) {
                slices = now;
                context.requestTaskReconfiguration();
            }
        } catch (RuntimeException e) {
            LOG.warn("the feed's parts could not be looked at ({}); it is tried again", e.getClass());
        }
    }

    /** The class of the tasks. */
    @Override
    public Class<? extends Task> taskClass() {
        return FeedSourceTask.class;
    }

    /** Spreads what is read with a cursor of its own over at most so many tasks. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        List<FeedSlice> all = slices;
        int tasks = Math.min(maxTasks, all.size());
        return tasks == 0 ? List.of() : started().tasks(ConnectorUtils.groupPartitions(all, tasks));
    }

    /** Takes offsets that an operator sets by Connect's interface, if they are of the form that tasks write. */
    @Override
    public boolean alterOffsets(Map<String, String> properties, Map<Map<String, ?>, Map<String, ?>> offsets) {
        offsets.forEach((partition, offset) -> {
            boolean cursor = offset == null || offset.get("cursor") instanceof String;
            if (!ours(partition) || !cursor) {
                throw new ConnectException("offsets are of the form {connection, type} to {cursor},"
                        + " for a part of a feed {connection, type, partition} to {cursor}");
            }
        });
        return true;
    }

    /** Ends the looking for new parts. */
    @Override
    public void stop() {
        ScheduledExecutorService started = looking;
        looking = null;
        if (started != null) {
            started.shutdownNow();
        }
    }

    private static boolean ours(Map<String, ?> partition) {
        boolean texts = partition.values().stream().allMatch(String.class::isInstance);
        boolean part = partition.keySet().equals(PART_KEYS) && !FeedPartition.WHOLE.equals(partition.get("partition"));
        return texts && (part || partition.keySet().equals(WHOLE_KEYS));
    }

    private SourceSettings started() {
        return Objects.requireNonNull(settings, "Connect starts a connector before it asks for anything");
    }

    private static List<FeedSlice> told(SourceSettings settings) {
        try (FeedConnection connection = FeedConnection.open(settings)) {
            return connection.slices(settings);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for a look; looking does not throw.
    private ScheduledExecutorService lookedAt() {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(FeedSourceConnector::thread);
        thread.scheduleWithFixedDelay(this::look, MINUTES_BETWEEN_LOOKS, MINUTES_BETWEEN_LOOKS, TimeUnit.MINUTES);
        return thread;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "trunkline-feed-parts");
        thread.setDaemon(true);
        return thread;
    }
}
