package io.trunkline.kafka;

import io.trunkline.mapping.Json;
import io.trunkline.sync.Change;
import io.trunkline.sync.Sink;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkResult;
import io.trunkline.sync.SinkResult.Refused;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A topic as the target of a synchronisation: a record's id is the key, its fields are the value as JSON, a deleted record
 * is a tombstone. A batch is one transaction, and a run that has overslept is shut out by the one that took over. The run
 * keeps the cursor itself, so the last batch may be there twice, with the same idempotency keys. The topic is compacted
 * if the sink makes it.
 */
public final class TopicSink implements Sink {

    /** How long a batch is waited for, unless said otherwise. */
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final String topic;
    private final Map<String, Object> client;
    private final Duration patience;
    private final Map<String, Producer<byte[], byte[]>> producers = new HashMap<>();

    private TopicSink(String topic, Map<String, Object> client, Duration patience) {
        this.topic = topic;
        this.client = client;
        this.patience = patience;
    }

    /**
     * A sink that writes to a topic.
     *
     * @param client settings of Kafka's client, of which {@code bootstrap.servers} is required
     * @throws io.trunkline.error.ConfigurationException if no brokers are named, or a setting that makes messages safe is
     *     among them
     */
    public static TopicSink to(String topic, Map<String, ?> client) {
        return to(topic, client, PATIENCE);
    }

    /**
     * As {@link #to(String, Map)}.
     *
     * @param patience how long a batch is waited for before the run ends, to be tried again
     */
    public static TopicSink to(String topic, Map<String, ?> client, Duration patience) {
        ProducerSettings.safe(client, patience);
        return new TopicSink(topic, new LinkedHashMap<>(client), patience);
    }

    @Override
    public Optional<SyncCursor> open(SinkStream stream) {
        Topics.ensure(topic, client, patience);
        Map<String, Object> settings = ProducerSettings.safe(client, patience);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "trunkline." + topic + "." + stream.name());
        Producer<byte[], byte[]> producer = ProducerSettings.open(settings);
        closeQuietly(producers.put(stream.name(), producer));
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            throw KafkaFailures.of("sink.open", e);
        }
        return Optional.empty();
    }

    /** False: the run keeps them. */
    @Override
    public boolean keepsCursors() {
        return false;
    }

    @Override
    public SinkResult write(SinkBatch batch) {
        Producer<byte[], byte[]> producer = producers.get(batch.stream());
        if (producer == null) {
            throw new IllegalStateException("the stream was not opened");
        }
        List<Refused> refused = new ArrayList<>();
        Map<Change, ProducerRecord<byte[], byte[]>> messages = new LinkedHashMap<>();
        for (Change record : batch.records()) {
            try {
                messages.put(record, message(RecordMessage.of(record)));
            } catch (UnfitRecordException e) {
                refused.add(new Refused(record, String.valueOf(e.getMessage())));
            }
        }
        if (!committed(producer, messages.values())) {
            // One of them is too large, and only the topic knows which: each goes alone.
            messages.forEach((record, message) -> {
                if (!committed(producer, List.of(message))) {
                    refused.add(new Refused(record, "the topic never takes a message of this size"));
                }
            });
        }
        return new SinkResult(batch.records().size() - refused.size(), 0, refused);
    }

    @Override
    public void close() {
        producers.values().forEach(TopicSink::closeQuietly);
        producers.clear();
    }

    /** Writes all or nothing; false if the topic will never take one of them. */
    private boolean committed(Producer<byte[], byte[]> producer, Iterable<ProducerRecord<byte[], byte[]>> messages) {
        try {
            producer.beginTransaction();
            List<Future<?>> sent = new ArrayList<>();
            for (ProducerRecord<byte[], byte[]> message : messages) {
                sent.add(producer.send(message));
            }
            producer.flush();
            for (Future<?> each : sent) {
                each.get();
            }
            producer.commitTransaction();
            return true;
        } catch (ExecutionException | KafkaException e) {
            if (aborted(producer) && KafkaFailures.neverTaken(e)) {
                return false;
            }
            throw KafkaFailures.of("sink.write", e);
        } catch (InterruptedException e) {
            aborted(producer);
            throw KafkaFailures.of("sink.write", e);
        }
    }

    /** False if the producer is past saving; the broker then ends the transaction by itself, and the run must end. */
    private static boolean aborted(Producer<byte[], byte[]> producer) {
        try {
            producer.abortTransaction();
            return true;
        } catch (KafkaException | IllegalStateException e) {
            return false;
        }
    }

    private ProducerRecord<byte[], byte[]> message(RecordMessage record) {
        Map<String, @Nullable Object> fields = record.fields();
        byte[] key = record.key().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(topic, key, fields == null ? null : Json.write(fields));
        record.headers().forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return message;
    }

    private static void closeQuietly(@Nullable Producer<byte[], byte[]> producer) {
        if (producer != null) {
            producer.close(CLOSING);
        }
    }
}
