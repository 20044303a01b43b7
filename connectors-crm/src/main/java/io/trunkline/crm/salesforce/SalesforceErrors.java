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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The platform's errors: a list of codes with messages. Follows "Status Codes and Error Responses" of the REST guide. */
final class SalesforceErrors implements ErrorDecoder {

    /** One error. Its message may hold customer data, so it is read and never passed on. */
    public record Entry(
            @Nullable String errorCode,
            @Nullable String message,
            @Nullable List<String> fields) {}

    private static final JsonCodec<@Nullable Entry[]> ENTRIES = Json.codec(Entry[].class);
    private static final Pattern FIELD = Pattern.compile("[A-Za-z]\\w{0,79}");
    private static final Duration SHORT_WAIT = Duration.ofSeconds(2);

    @Override
    public PlatformError decode(ErrorResponse response) {
        Entry entry = first(response);
        if (entry == null || entry.errorCode() == null) {
            return withoutCode(response.status());
        }
        String message = entry.message() == null ? "" : entry.message();
        PlatformError error = error(entry.errorCode(), message, response.status());
        return named(error, entry).withCode(entry.errorCode());
    }

    private static PlatformError error(String code, String message, int status) {
        return switch (code) {
            case "INVALID_SESSION_ID" -> session(message);
            case "REQUEST_LIMIT_EXCEEDED" -> limit(message);
            // One record that many want says nothing about the org's health, which UNAVAILABLE would.
            case "UNABLE_TO_LOCK_ROW" -> of(ErrorKind.RATE_LIMITED, "another change holds the record; try again");
            case "SERVER_UNAVAILABLE" ->
                of(ErrorKind.UNAVAILABLE, "the org cannot answer now").withProcessed(PlatformError.Processed.NO);
            case "QUERY_TIMEOUT" -> of(ErrorKind.INVALID_REQUEST, "the query takes too long; ask for less");
            case "INVALID_QUERY_LOCATOR" ->
                of(ErrorKind.INVALID_REQUEST, "the link to the next page has expired; begin the listing again");
            case "ENTITY_IS_DELETED", "NOT_FOUND", "INVALID_CROSS_REFERENCE_KEY" ->
                of(ErrorKind.NOT_FOUND, "there is no such record (any more)");
            case "DUPLICATE_VALUE", "DUPLICATES_DETECTED", "DUPLICATE_EXTERNAL_ID" ->
                of(ErrorKind.CONFLICT, "such a record is there already; look it up");
            case "INSUFFICIENT_ACCESS_OR_READONLY",
                    "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
                    "INSUFFICIENT_ACCESS",
                    "API_DISABLED_FOR_ORG",
                    "API_CURRENTLY_DISABLED",
                    "TXN_SECURITY_NO_ACCESS" ->
                of(ErrorKind.PERMISSION, "the integration user may not do this; grant it the permission");
            case "STORAGE_LIMIT_EXCEEDED" -> of(ErrorKind.QUOTA_EXHAUSTED, "the org's storage is full");
            case "UNSUPPORTED_API_VERSION" -> retired();
            default -> StatusErrors.of(status == 420 ? 429 : status);
        };
    }

    /** Without a code it is not the platform's API that speaks, and "not found" says nothing about a record. */
    private static PlatformError withoutCode(int status) {
        return switch (status) {
            case 300 -> of(ErrorKind.CONFLICT, "several records have this external id; merge them");
            case 301, 302, 303, 307, 308 ->
                of(ErrorKind.CONFIGURATION, "the org has another address now; correct the setting my-domain");
            case 404 -> of(ErrorKind.PROTOCOL, "this address does not answer as Salesforce does; check my-domain");
            case 410 -> retired();
            case 420 -> StatusErrors.of(429);
            default -> StatusErrors.of(status);
        };
    }

    private static PlatformError retired() {
        return of(ErrorKind.CONFIGURATION, "the platform has retired this version; correct the setting api-version");
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

    /** Which fields a refusal is about, by their names alone. */
    private static PlatformError named(PlatformError error, Entry entry) {
        if (error.kind() != ErrorKind.INVALID_REQUEST || entry.fields() == null) {
            return error;
        }
        String fields = entry.fields().stream()
                .filter(field -> field != null && FIELD.matcher(field).matches())
                .limit(10)
                .collect(Collectors.joining(", "));
        return fields.isEmpty() ? error : of(error.kind(), error.advice() + ": " + fields);
    }

    private static PlatformError of(ErrorKind kind, String advice) {
        return PlatformError.of(kind, advice);
    }

    private static @Nullable Entry first(ErrorResponse response) {
        try {
            @Nullable Entry[] entries = ENTRIES.read(response.body());
            return entries == null || entries.length == 0 ? null : entries[0];
        } catch (MalformedDataException e) {
            return null;
        }
    }
}
