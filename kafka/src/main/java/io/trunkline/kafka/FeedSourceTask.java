package io.trunkline.kafka;

import io.trunkline.kafka.FeedReader.SlicePage;
import io.trunkline.privacy.MaskedLog;
import io.trunkline.sync.SyncCursor;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** A task of a {@link FeedSourceConnector}: reads its part of the feed and gives the records to Connect. */
public final class FeedSourceTask extends SourceTask {

    private static final MaskedLog LOG = MaskedLog.of(FeedSourceTask.class);
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private @Nullable FeedConnection connection;
    private @Nullable ReadAhead readings;
    private @Nullable PageRecords records;

    /** Made by Connect. */
    public FeedSourceTask() {}

    /** The version of the library. */
    @Override
    public String version() {
        return FeedSourceConnector.VERSION;
    }

    /** Opens the connection and begins to read where the offsets say. */
    @Override
    public void start(Map<String, String> properties) {
        SourceSettings settings = new SourceSettings(properties);
        TimeSource time = TimeSource.system();
        try {
            FeedConnection opened = FeedConnection.open(settings);
            connection = opened;
            records = new PageRecords(settings);
            readings = ReadAhead.start(new FeedReader(opened.feed(), settings, cursors(settings), time), time);
        } catch (RuntimeException e) {
            stop();
            throw ConnectFailures.of(e);
        }
    }

    /** The next page's records; null if there is nothing for half a second. */
    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        ReadAhead from = readings;
        PageRecords made = records;
        if (from == null || made == null) {
            return null;
        }
        Optional<SlicePage> page = from.take(PATIENCE);
        List<SourceRecord> given = page.isPresent() ? made.of(page.get()) : List.of();
        return given.isEmpty() ? null : given;
    }

    /** Ends what is under way. Stopping again does nothing. */
    @Override
    public void stop() {
        closeQuietly(readings);
        closeQuietly(connection);
        readings = null;
        connection = null;
    }

    private Map<FeedSlice, SyncCursor> cursors(SourceSettings settings) {
        Map<FeedSlice, SyncCursor> cursors = new HashMap<>();
        for (FeedSlice slice : settings.slices()) {
            Map<String, Object> offset =
                    context.offsetStorageReader().offset(slice.sourcePartition(settings.connection()));
            PageRecords.cursor(offset).ifPresent(cursor -> cursors.put(slice, cursor));
        }
        return cursors;
    }

    private static void closeQuietly(@Nullable AutoCloseable each) {
        try {
            if (each != null) {
                each.close();
            }
        } catch (Exception e) {
            LOG.warn("a task's connection did not close ({})", e.getClass());
        }
    }
}
