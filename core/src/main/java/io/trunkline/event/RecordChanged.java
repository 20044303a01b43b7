package io.trunkline.event;

import io.trunkline.value.RecordRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record of a business system was created, changed or deleted.
 *
 * @param header who says so and when
 * @param ref which record
 * @param change what happened to it
 * @param fields what the platform sent of it, in the platform's own names; often not all fields
 */
public record RecordChanged(EventHeader header, RecordRef ref, Change change, Map<String, @Nullable Object> fields)
        implements Event {

    /** What happened to a record. */
    public enum Change {
        /** It is new. */
        CREATED,
        /** Some of it has changed. */
        UPDATED,
        /** Created or changed; the platform does not say which. */
        SAVED,
        /** It is gone. */
        DELETED
    }

    /** Keeps its own copy of the fields. */
    public RecordChanged {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** True: what a record was is of no use to whoever has seen what it became. */
    @Override
    public boolean tellsState() {
        return true;
    }

    /** Reference and change: fields may be personal. */
    @Override
    public String toString() {
        return "RecordChanged[" + ref + " " + change + "]";
    }
}
