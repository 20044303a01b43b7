package io.trunkline.crm.salesforce;

import io.trunkline.connector.CommonSettings;
import io.trunkline.connector.KeyLease;
import io.trunkline.crm.ExternalKey;
import io.trunkline.crm.Upserted;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.NotFoundException;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.http.ApiResponse;
import io.trunkline.mapping.Json;
import io.trunkline.mapping.JsonCodec;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Deadline;
import io.trunkline.value.Page;
import io.trunkline.value.RecordRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The calls into an org, made with one client's options: rows in and out. */
final class SalesforceRows {

    private static final JsonCodec<SalesforceWire.Saved> SAVED = Json.codec(SalesforceWire.Saved.class);

    /** A link to a next page has this form and no other; whose origin an absolute one has, the transport checks. */
    private static final Pattern NEXT_PAGE =
            Pattern.compile("(?:https?://[^/\\\\]+)?/services/data/v[0-9]{2,3}\\.0/query(?:All)?/[A-Za-z0-9_-]+");

    private final SalesforceOrg org;
    private final CallOptions options;

    SalesforceRows(SalesforceOrg org, CallOptions options) {
        this.org = org;
        this.options = options;
    }

    SalesforceOrg org() {
        return org;
    }

    /** A view whose calls share one end: what a caller asks for in one go takes no longer for being several calls. */
    SalesforceRows together() {
        return new SalesforceRows(org, options.deadline(end()));
    }

    /** The right to look up and create under a key, until this view's calls end. */
    KeyLease lease(String operation, String key) {
        return KeyLease.take(org.runtime(), operation, key, end());
    }

    private Deadline end() {
        return CommonSettings.end(org.settings(), org.runtime(), options);
    }

    List<Map<String, Object>> query(String soql) {
        return rows(org.api().query(org.version(), soql).execute(options));
    }

    /** Rows with the deleted ones among them. */
    SalesforceWire.Rows queryAll(String soql) {
        return org.api().queryAll(org.version(), soql).execute(options);
    }

    /** A page of a query; the cursor is the platform's own link to the next. */
    Page<Map<String, Object>> page(String soql, Optional<String> cursor) {
        SalesforceWire.Rows answer = cursor.map(link -> org.api().next(nextPage(link)))
                .orElseGet(() -> org.api().query(org.version(), soql))
                .execute(options);
        return new Page<>(rows(answer), Boolean.TRUE.equals(answer.done()) ? null : answer.nextRecordsUrl());
    }

    List<Map<String, Object>> search(String sosl) {
        SalesforceWire.Found found = org.api().search(org.version(), sosl).execute(options);
        return found.searchRecords() == null ? List.of() : found.searchRecords();
    }

    Optional<Map<String, @Nullable Object>> get(RecordRef ref, String type, List<String> own) {
        String id = org.id(ref, type);
        try {
            return Optional.of(org.api()
                    .get(org.version(), type, id, String.join(",", org.asked(type, own)))
                    .execute(options));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    RecordRef create(String type, Map<String, @Nullable Object> values) {
        SalesforceWire.Saved saved =
                org.api().create(org.version(), type, values).execute(options);
        return saved("salesforce.create", type, saved);
    }

    void update(RecordRef ref, String type, Map<String, @Nullable Object> values, Optional<String> version) {
        String condition = version.map(SalesforceTime::unmodifiedSince).orElse(null);
        org.api()
                .update(org.version(), type, org.id(ref, type), condition, values)
                .execute(options);
    }

    /** Writes by an external id, which must not stand among the values; an update may be answered with nothing. */
    Upserted upsert(String type, ExternalKey key, Map<String, @Nullable Object> values) {
        String field = Soql.name(key.field());
        Map<String, @Nullable Object> others = new LinkedHashMap<>(values);
        others.remove(field);
        ApiResponse<byte[]> answer = org.api()
                .upsert(org.version(), type, field, Soql.line(key.value()), others)
                .exchange(options);
        if (answer.body().length > 0) {
            return new Upserted(saved("salesforce.upsert", type, read(answer.body())), answer.status() == 201);
        }
        String soql =
                Soql.select(List.of("Id"), type) + " WHERE " + field + " = " + Soql.text(key.value()) + " LIMIT 1";
        return query(soql).stream()
                .findFirst()
                .map(row -> new Upserted(org.ref(type, row), false))
                .orElseThrow(() -> org.broken("salesforce.upsert", null));
    }

    void delete(RecordRef ref, String type) {
        String id = org.id(ref, type);
        try {
            org.api().delete(org.version(), type, id).execute(options);
        } catch (NotFoundException e) {
            // Gone already, which is what was asked for.
        }
    }

    private RecordRef saved(String operation, String type, SalesforceWire.Saved saved) {
        if (saved.id() == null || Boolean.FALSE.equals(saved.success())) {
            throw org.broken(operation, null);
        }
        return org.ref(type, saved.id());
    }

    private SalesforceWire.Saved read(byte[] body) {
        try {
            return SAVED.read(body);
        } catch (MalformedDataException e) {
            throw org.broken("salesforce.upsert", null);
        }
    }

    private String nextPage(String link) {
        if (!NEXT_PAGE.matcher(link).matches()) {
            throw new SecurityPolicyException(
                    "the link to the next page does not lead to a page of a query, so it was not followed",
                    ErrorContext.of(org.connection(), "salesforce.next-page", ErrorKind.SECURITY),
                    null);
        }
        return link;
    }

    private static List<Map<String, Object>> rows(SalesforceWire.Rows answer) {
        return answer.records() == null ? List.of() : new ArrayList<>(answer.records());
    }
}
