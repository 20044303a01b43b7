package io.trunkline.kafka;

import io.trunkline.checks.Canary;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** A task as a worker runs it, with the offsets that the worker keeps. */
final class RunningTask implements AutoCloseable {

    private static final int MOST_POLLS = 60;

    final FeedSourceTask task = new FeedSourceTask();

    private RunningTask() {}

    /** Starts a task that reads all slices. */
    RunningTask(Map<String, String> settings, Map<Map<String, ?>, Map<String, Object>> offsets) {
        begin(configs(settings, 1).get(0), offsets);
    }

    /** Starts a task as its connector has configured it. */
    static RunningTask configured(Map<String, String> config, Map<Map<String, ?>, Map<String, Object>> offsets) {
        RunningTask running = new RunningTask();
        running.begin(config, offsets);
        return running;
    }

    /** What a connector gives to so many tasks. */
    static List<Map<String, String>> configs(Map<String, String> settings, int tasks) {
        FeedSourceConnector connector = new FeedSourceConnector();
        connector.start(settings);
        try {
            return connector.taskConfigs(tasks);
        } finally {
            connector.stop();
        }
    }

    private void begin(Map<String, String> config, Map<Map<String, ?>, Map<String, Object>> offsets) {
        task.initialize(context(offsets));
        task.start(config);
    }

    /** Settings of a connection to a platform, whose token is a canary. */
    static Map<String, String> settings(MemoryFeed platform, String types) {
        String name = "platform-" + UUID.randomUUID();
        MemoryConnector.PLATFORMS.put(name, platform);
        Map<String, String> settings = new HashMap<>();
        settings.put("connection", "crm");
        settings.put("connection.connector", "memory");
        settings.put("connection.platform", name);
        settings.put("connection.token", Canary.secret());
        settings.put("types", types);
        settings.put("poll.interval.ms", "20");
        settings.put("page.size", "4");
        return settings;
    }

    /** The records of as many polls as it takes. */
    List<SourceRecord> poll(int records) throws InterruptedException {
        List<SourceRecord> found = new ArrayList<>();
        for (int polls = 0; polls < MOST_POLLS && found.size() < records; polls++) {
            List<SourceRecord> some = task.poll();
            found.addAll(some == null ? List.of() : some);
        }
        return found;
    }

    @Override
    public void close() {
        task.stop();
    }

    private static SourceTaskContext context(Map<Map<String, ?>, Map<String, Object>> offsets) {
        OffsetStorageReader reader = new OffsetStorageReader() {
            @Override
            public <T> Map<String, Object> offset(Map<String, T> partition) {
                return offsets.get(partition);
            }

            @Override
            public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
                Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
                partitions.forEach(partition -> found.put(partition, offsets.get(partition)));
                return found;
            }
        };
        return (SourceTaskContext) Proxy.newProxyInstance(
                RunningTask.class.getClassLoader(),
                new Class<?>[] {SourceTaskContext.class},
                (proxy, method, given) -> {
                    if (method.getName().equals("offsetStorageReader")) {
                        return reader;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
