package io.trunkline.sync.table;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of a target table, readable.
 *
 * @param id the record's id
 * @param changedAt when the record was changed, by the platform's clock
 * @param fields by the names of the columns; empty ones are null
 */
public record TableRow(String id, Instant changedAt, Map<String, @Nullable Object> fields) {

    /** Keeps its own copy of the fields. */
    public TableRow {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A field as text; empty if there is nothing in it. */
    public Optional<String> text(String column) {
        return Optional.ofNullable(fields.get(column)).map(Object::toString).filter(text -> !text.isBlank());
    }

    /** Nothing of its content: all of it may be personal. */
    @Override
    public String toString() {
        return "TableRow[" + changedAt + "]";
    }
}
