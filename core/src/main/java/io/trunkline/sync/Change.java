package io.trunkline.sync;

import io.trunkline.mapping.Row;
import io.trunkline.value.RecordRef;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record as it is now, or the fact that it is gone.
 *
 * @param ref which record
 * @param deleted whether it is gone
 * @param changedAt when it was changed, by the platform's clock
 * @param fields the record in the platform's own names; if it is gone, at most what took its place
 */
public record Change(RecordRef ref, boolean deleted, Instant changedAt, Map<String, @Nullable Object> fields) {

    /** Keeps its own copy of the fields; a {@link Row} never changes, and is kept itself. */
    public Change {
        fields = fields instanceof Row ? fields : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Reference and time: fields may be personal. */
    @Override
    public String toString() {
        return "Change[" + ref + (deleted ? " deleted" : "") + " " + changedAt + "]";
    }
}
