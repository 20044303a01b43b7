package io.trunkline.crm.salesforce;

import io.trunkline.mapping.Row;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The platform's JSON. Rows stay maps, because their fields are the query's and the org's own. */
final class SalesforceWire {

    private SalesforceWire() {}

    /** A page of a query. */
    public record Rows(
            @Nullable Integer totalSize,
            @Nullable Boolean done,
            @Nullable String nextRecordsUrl,
            @Nullable List<Row> records) {}

    /** What a search has found. */
    public record Found(@Nullable List<Map<String, Object>> searchRecords) {}

    /** The answer to a create or upsert. */
    public record Saved(
            @Nullable String id,
            @Nullable Boolean success,
            @Nullable Boolean created) {}

    /** A type's description. */
    public record Described(@Nullable List<Field> fields) {}

    /** A field's description. */
    public record Field(
            @Nullable String name,
            @Nullable String label,
            @Nullable String type,
            @Nullable Boolean custom,
            @Nullable Boolean updateable,
            @Nullable List<Choice> picklistValues) {}

    /** A value that a field may have. */
    public record Choice(@Nullable String value, @Nullable Boolean active) {}
}
