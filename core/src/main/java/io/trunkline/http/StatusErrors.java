package io.trunkline.http;

import io.trunkline.error.ErrorKind;
import io.trunkline.http.PlatformError.Processed;

/** The usual meaning of each HTTP status: the base that a connector's own table refines. */
public final class StatusErrors implements ErrorDecoder {

    /** Reads the status alone. */
    public StatusErrors() {}

    /** What the status means by RFC 9110 and 6585. */
    @Override
    public PlatformError decode(ErrorResponse response) {
        return of(response.status())
                .withRequestId(response.headers().first("x-request-id").orElse(null));
    }

    /** What a status means. */
    public static PlatformError of(int status) {
        return switch (status) {
            case 400, 405, 406, 413, 414, 415, 422 ->
                PlatformError.of(ErrorKind.INVALID_REQUEST, "the platform refused the request; correct the input");
            case 401 ->
                PlatformError.of(ErrorKind.AUTHENTICATION, "the platform refused the credential; renew or replace it");
            case 402 -> PlatformError.of(ErrorKind.QUOTA_EXHAUSTED, "the account has no credit left; top it up");
            case 403 ->
                PlatformError.of(ErrorKind.PERMISSION, "the credential may not do this; grant it the permission");
            case 404, 410 -> PlatformError.of(ErrorKind.NOT_FOUND, "there is nothing at this address (any more)");
            case 408 -> PlatformError.of(ErrorKind.TIMEOUT, "the platform waited too long for the request");
            case 409, 412 ->
                PlatformError.of(ErrorKind.CONFLICT, "the record was changed meanwhile or exists; read it again");
            case 429 -> PlatformError.of(ErrorKind.RATE_LIMITED, "the platform asks for fewer calls; wait");
            default -> other(status);
        };
    }

    private static PlatformError other(int status) {
        if (status >= 500) {
            return PlatformError.of(ErrorKind.UNAVAILABLE, "the platform cannot answer now; try later");
        }
        if (status >= 400) {
            return PlatformError.of(ErrorKind.INVALID_REQUEST, "the platform refused the request; correct the input");
        }
        return PlatformError.of(
                        ErrorKind.PROTOCOL,
                        "the platform answered with a status that the connector does "
                                + "not expect; redirects are not followed")
                .withProcessed(Processed.MAYBE);
    }
}
