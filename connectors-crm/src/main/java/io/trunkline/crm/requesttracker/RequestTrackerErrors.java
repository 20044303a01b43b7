package io.trunkline.crm.requesttracker;

import io.trunkline.error.ErrorKind;
import io.trunkline.http.ErrorDecoder;
import io.trunkline.http.ErrorResponse;
import io.trunkline.http.PlatformError;
import io.trunkline.http.StatusErrors;
import io.trunkline.mapping.Json;
import io.trunkline.mapping.JsonCodec;
import io.trunkline.mapping.MalformedDataException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The platform's errors: a status and a sentence for people, which may hold customer data and is never passed on. */
final class RequestTrackerErrors implements ErrorDecoder {

    /** The body of an error. */
    public record Body(@Nullable String message) {}

    private static final JsonCodec<Body> BODY = Json.codec(Body.class);
    private static final Set<String> TAKEN = Set.of("Name in use", "Email address in use");

    @Override
    public PlatformError decode(ErrorResponse response) {
        String message = message(response);
        if (response.status() == 404 && message == null) {
            return PlatformError.of(
                    ErrorKind.PROTOCOL,
                    "this address does not answer as Request Tracker does; check the setting address");
        }
        if (response.status() == 400 && message != null && TAKEN.contains(message)) {
            return PlatformError.of(ErrorKind.CONFLICT, "somebody has this name or e-mail address already; look it up");
        }
        if (response.status() == 400 && "Message could not be recorded".equals(message)) {
            return PlatformError.of(ErrorKind.NOT_FOUND, "there is no such ticket, or nobody may write on it");
        }
        return StatusErrors.of(response.status());
    }

    private static @Nullable String message(ErrorResponse response) {
        try {
            return BODY.read(response.body()).message();
        } catch (MalformedDataException e) {
            return null;
        }
    }
}
