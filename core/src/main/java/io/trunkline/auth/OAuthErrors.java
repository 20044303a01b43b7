package io.trunkline.auth;

import io.trunkline.error.ErrorKind;
import io.trunkline.http.ErrorDecoder;
import io.trunkline.http.ErrorResponse;
import io.trunkline.http.PlatformError;
import io.trunkline.http.StatusErrors;
import io.trunkline.mapping.Json;
import io.trunkline.mapping.MalformedDataException;
import org.jspecify.annotations.Nullable;

/** The error answers of a token endpoint (RFC 6749, 5.2). The description is left out: it may repeat what was sent. */
final class OAuthErrors implements ErrorDecoder {

    @Override
    public PlatformError decode(ErrorResponse response) {
        Object code = code(response);
        if (!(code instanceof String text)) {
            return StatusErrors.of(response.status());
        }
        return switch (text) {
            case "invalid_grant" -> refused("the grant is no longer valid; authorise the connection again", text);
            case "invalid_client", "invalid_client_id", "invalid_client_credentials" ->
                refused("the client's own credential is refused; check client id and secret", text);
            case "unauthorized_client", "inactive_user", "inactive_org" ->
                refused("the client may not use this grant; have it allowed at the platform", text);
            case "rate_limit_exceeded", "slow_down" ->
                PlatformError.of(ErrorKind.RATE_LIMITED, "the authorization server asks for fewer requests")
                        .withCode(text);
            case "temporarily_unavailable", "server_error" ->
                PlatformError.of(ErrorKind.UNAVAILABLE, "the authorization server cannot answer now")
                        .withCode(text);
            default -> StatusErrors.of(response.status()).withCode(text);
        };
    }

    private static PlatformError refused(String advice, String code) {
        return PlatformError.of(ErrorKind.AUTHENTICATION, advice).withCode(code);
    }

    private static @Nullable Object code(ErrorResponse response) {
        try {
            return Json.object(response.body()).get("error");
        } catch (MalformedDataException e) {
            return null;
        }
    }
}
