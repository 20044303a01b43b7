package io.trunkline.sync;

import io.trunkline.mapping.Json;
import io.trunkline.privacy.Masking;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.store.Versioned;
import io.trunkline.value.Page;
import io.trunkline.value.RecordRef;
import io.trunkline.value.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one job has put aside: for each record its newest state that did not fit. */
final class DeadRecords {

    private static final int LARGEST = 1 << 20;
    private static final int PAGE = 500;
    private static final int MARKED_AT_ONCE = 1000;

    private final String job;
    private final Values values;
    private final Values marks;
    private final TimeSource time;

    DeadRecords(Store store, String job, TimeSource time) {
        this.job = job;
        this.values = store.values("sync-dead." + job);
        this.marks = store.values("sync-replays." + job);
        this.time = time;
    }

    /** The same in a transaction that is under way. */
    DeadRecords in(Store inside) {
        return new DeadRecords(inside, job, time);
    }

    void add(Change record, String part, String reason) {
        byte[] entry = entry(record, part, reason, record.fields());
        byte[] content = entry.length <= LARGEST ? entry : entry(record, part, reason, Map.of());
        String key = record.ref().id();
        long version = values.get(key).map(Versioned::version).orElse(Values.ABSENT);
        values.put(key, content, version, null);
    }

    boolean isEmpty() {
        return values.list("", Optional.empty(), 1).items().isEmpty();
    }

    boolean remove(String id) {
        return values.get(id).map(entry -> values.delete(id, entry.version())).orElse(false);
    }

    /** Marks a record to be tried by the job's next run; false if it is not there or marked already. */
    boolean mark(String id) {
        return values.get(id).isPresent() && marks.put(id, new byte[0], Values.ABSENT, null);
    }

    List<String> marked() {
        return marks.list("", Optional.empty(), MARKED_AT_ONCE).items().stream()
                .map(Versioned::key)
                .toList();
    }

    void unmark(String id) {
        marks.get(id).ifPresent(mark -> marks.delete(id, mark.version()));
    }

    Optional<DeadRecord> get(String id) {
        return values.get(id).map(DeadRecords::read);
    }

    List<DeadRecord> list(int most) {
        List<DeadRecord> found = new ArrayList<>();
        Optional<String> cursor = Optional.of("");
        while (cursor.isPresent() && found.size() < most) {
            Page<Versioned> page = values.list("", cursor.filter(text -> !text.isEmpty()), Math.min(PAGE, most));
            page.items().forEach(entry -> found.add(read(entry)));
            cursor = page.next();
        }
        return found.subList(0, Math.min(most, found.size()));
    }

    private byte[] entry(Change record, String part, String reason, Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("connection", record.ref().connection());
        entry.put("type", record.ref().type());
        entry.put("id", record.ref().id());
        entry.put("deleted", record.deleted());
        entry.put("changedAt", record.changedAt().toString());
        entry.put("fields", fields);
        entry.put("part", part);
        entry.put("reason", Masking.mask(reason));
        entry.put("at", time.now().toString());
        return Json.write(entry);
    }

    @SuppressWarnings("unchecked") // Written as an object by entry().
    private static DeadRecord read(Versioned stored) {
        Map<String, @Nullable Object> entry = Json.object(stored.value());
        RecordRef ref = RecordRef.of(text(entry, "connection"), text(entry, "type"), text(entry, "id"));
        Change record = new Change(
                ref, Boolean.TRUE.equals(entry.get("deleted")), Instant.parse(text(entry, "changedAt")), (Map<
                                String, @Nullable Object>)
                        entry.getOrDefault("fields", Map.of()));
        return new DeadRecord(record, text(entry, "part"), text(entry, "reason"), Instant.parse(text(entry, "at")));
    }

    private static String text(Map<String, @Nullable Object> entry, String name) {
        return String.valueOf(entry.get(name));
    }
}
