package io.trunkline.kafka;

import io.trunkline.kafka.FeedReader.SlicePage;
import io.trunkline.privacy.MaskedLog;
import io.trunkline.sync.Change;
import io.trunkline.sync.SyncCursor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A page as Connect's records. Only the last one carries the cursor after the page; the others carry the one before it,
 * so that a page of which a part was written is read again.
 */
final class PageRecords {

    private static final MaskedLog LOG = MaskedLog.of(FeedSourceTask.class);
    private static final String CURSOR = "cursor";

    private final SourceSettings settings;

    PageRecords(SourceSettings settings) {
        this.settings = settings;
    }

    /** How far an offset says that was read; empty for the very beginning. */
    static Optional<SyncCursor> cursor(@Nullable Map<String, ?> offset) {
        Object text = offset == null ? null : offset.get(CURSOR);
        return text instanceof String cursor && !cursor.isEmpty()
                ? Optional.of(new SyncCursor(cursor))
                : Optional.empty();
    }

    /**
     * The records, possibly none.
     *
     * @throws DataException if one does not fit into a topic and unfit ones are not tolerated
     */
    List<SourceRecord> of(SlicePage page) {
        List<Prepared> fit = new ArrayList<>();
        for (Change change : page.page().changes()) {
            prepared(change).ifPresent(fit::add);
        }
        Map<String, String> before =
                Map.of(CURSOR, page.from().map(SyncCursor::text).orElse(""));
        Map<String, String> after = Map.of(CURSOR, page.page().next().text());
        List<SourceRecord> records = new ArrayList<>();
        for (Iterator<Prepared> each = fit.iterator(); each.hasNext(); ) {
            Prepared prepared = each.next();
            records.add(record(page.slice(), each.hasNext() ? before : after, prepared));
        }
        if (records.isEmpty() && !settings.heartbeatTopic().isEmpty()) {
            records.add(heartbeat(page.slice(), after));
        }
        return records;
    }

    private record Prepared(RecordMessage message, @Nullable Map<String, @Nullable Object> value) {}

    private Optional<Prepared> prepared(Change change) {
        try {
            RecordMessage message = RecordMessage.of(change);
            Map<String, @Nullable Object> fields = message.fields();
            return Optional.of(new Prepared(message, fields == null ? null : PlainValues.schemaless(fields)));
        } catch (UnfitRecordException e) {
            String problem = change.ref() + " fits into no topic: " + e.getMessage();
            if (settings.leavesOutUnfit()) {
                LOG.warn("{}; it is left out", problem);
                return Optional.empty();
            }
            throw new DataException(problem);
        }
    }

    /** Without a time of its own: a topic that keeps a week would drop at once what was changed a year ago. */
    private SourceRecord record(FeedSlice slice, Map<String, String> offset, Prepared prepared) {
        ConnectHeaders headers = new ConnectHeaders();
        prepared.message().headers().forEach(headers::addString);
        return new SourceRecord(
                slice.sourcePartition(settings.connection()),
                offset,
                settings.topic(slice.type()),
                null,
                Schema.STRING_SCHEMA,
                prepared.message().key(),
                null,
                prepared.value(),
                null,
                headers);
    }

    private SourceRecord heartbeat(FeedSlice slice, Map<String, String> offset) {
        Map<String, String> partition = slice.sourcePartition(settings.connection());
        return new SourceRecord(
                partition,
                offset,
                settings.heartbeatTopic(),
                null,
                Schema.STRING_SCHEMA,
                String.join("/", partition.values()),
                null,
                null,
                null,
                new ConnectHeaders());
    }
}
