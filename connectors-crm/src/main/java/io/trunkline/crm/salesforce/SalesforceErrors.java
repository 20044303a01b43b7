package io.trunkline.crm.salesforce;

import io.trunkline.error.ErrorKind;
import io.trunkline.http.ErrorDecoder;
import io.trunkline.http.ErrorResponse;
import io.trunkline.http.PlatformError;
import io.trunkline.http.StatusErrors;
import io.trunkline.mapping.Json;
import io.trunkline.mapping.JsonCodec;
import io.trunkline.mapping.MalformedDataException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The platform's errors: a list of codes with messages. Follows "Status Codes and Error Responses" of the REST guide. */
final class SalesforceErrors implements ErrorDecoder {

    /** One error. */
    public record Entry(
            @Nullable String errorCode, @Nullable String message) {}

    private static final JsonCodec<Entry[]> ENTRIES = Json.codec(Entry[].class);
    private static final Duration SHORT_WAIT = Duration.ofSeconds(2);

    @Override
    public PlatformError decode(ErrorResponse response) {
        Entry entry = first(response);
        String code = entry == null ? null : entry.errorCode();
        String message = entry == null || entry.message() == null ? "" : entry.message();
        return error(response.status(), code == null ? "" : code, message).withCode(code);
    }

    private static PlatformError error(int status, String code, String message) {
        return switch (code) {
            case "INVALID_SESSION_ID" -> session(message);
            case "REQUEST_LIMIT_EXCEEDED" -> limit(message);
            case "UNABLE_TO_LOCK_ROW" ->
                passing("another change holds the record").withRetryAfter(SHORT_WAIT);
            case "SERVER_UNAVAILABLE" -> passing("the org cannot answer now");
            case "QUERY_TIMEOUT" -> of(ErrorKind.INVALID_REQUEST, "the query takes too long; ask for less");
            case "ENTITY_IS_DELETED", "NOT_FOUND", "INVALID_CROSS_REFERENCE_KEY" ->
                of(ErrorKind.NOT_FOUND, "there is no such record (any more)");
            case "DUPLICATE_VALUE", "DUPLICATES_DETECTED", "DUPLICATE_EXTERNAL_ID" ->
                of(ErrorKind.CONFLICT, "such a record is there already; look it up");
            case "INSUFFICIENT_ACCESS_OR_READONLY", "API_DISABLED_FOR_ORG", "INSUFFICIENT_ACCESS" ->
                of(ErrorKind.PERMISSION, "the integration user may not do this; grant it the permission");
            case "STORAGE_LIMIT_EXCEEDED" -> of(ErrorKind.QUOTA_EXHAUSTED, "the org's storage is full");
            default -> status == 300 ? ambiguous() : StatusErrors.of(status == 420 ? 429 : status);
        };
    }

    private static PlatformError session(String message) {
        boolean forGood = message.contains("not valid for use") || message.contains("not attached");
        return forGood
                ? of(ErrorKind.PERMISSION, "the session may not use this API; check the app's settings")
                : of(ErrorKind.AUTHENTICATION, "the access token has expired or was withdrawn");
    }

    private static PlatformError limit(String message) {
        return message.startsWith("Concurrent")
                ? of(ErrorKind.RATE_LIMITED, "too many long calls at once").withRetryAfter(SHORT_WAIT)
                : of(ErrorKind.QUOTA_EXHAUSTED, "the org's calls of the last 24 hours are used up");
    }

    private static PlatformError ambiguous() {
        return of(ErrorKind.CONFLICT, "several records have this external id; merge them");
    }

    private static PlatformError passing(String advice) {
        return of(ErrorKind.UNAVAILABLE, advice).withProcessed(PlatformError.Processed.NO);
    }

    private static PlatformError of(ErrorKind kind, String advice) {
        return PlatformError.of(kind, advice);
    }

    private static @Nullable Entry first(ErrorResponse response) {
        try {
            List<Entry> entries = List.of(ENTRIES.read(response.body()));
            return entries.isEmpty() ? null : entries.get(0);
        } catch (MalformedDataException | NullPointerException e) {
            return null;
        }
    }
}
