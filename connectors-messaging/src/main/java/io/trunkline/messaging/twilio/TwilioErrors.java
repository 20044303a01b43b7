package io.trunkline.messaging.twilio;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.http.ErrorDecoder;
import io.trunkline.http.ErrorResponse;
import io.trunkline.http.PlatformError;
import io.trunkline.http.StatusErrors;
import io.trunkline.mapping.Json;
import io.trunkline.mapping.JsonCodec;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.messaging.RejectReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The platform's numbered errors. Follows twilio.com/docs/api/errors. */
final class TwilioErrors implements ErrorDecoder {

    private static final JsonCodec<TwilioWire.Failure> FAILURE = Json.codec(TwilioWire.Failure.class);
    private static final String RATE = "20429";

    @Override
    public PlatformError decode(ErrorResponse response) {
        String code = code(response);
        String requestId = response.headers().first("Twilio-Request-Id").orElse(null);
        PlatformError error = RATE.equals(code) || response.status() == 429
                ? PlatformError.of(ErrorKind.RATE_LIMITED, "the account sends faster than it may; nothing was done")
                : StatusErrors.of(response.status());
        return error.withCode(code).withRequestId(requestId);
    }

    /** Why a message was refused, in our words. */
    static RejectReason reason(ErrorContext context) {
        return switch (context.kind()) {
            case AUTHENTICATION, PERMISSION -> byCode(context, RejectReason.CREDENTIAL);
            case QUOTA_EXHAUSTED -> RejectReason.INSUFFICIENT_FUNDS;
            case RATE_LIMITED -> RejectReason.RATE_LIMITED;
            case UNAVAILABLE, TRANSPORT, TIMEOUT, REJECTED_LOCALLY -> RejectReason.UNAVAILABLE;
            default -> byCode(context, RejectReason.OTHER);
        };
    }

    private static RejectReason byCode(ErrorContext context, RejectReason otherwise) {
        return switch (context.platformCode().orElse("")) {
            case "21211", "21214", "21217", "21401", "21614", "30003", "30005", "30006" -> RejectReason.INVALID_ADDRESS;
            case "21610" -> RejectReason.OPTED_OUT;
            case "21408", "21612", "30004" -> RejectReason.BLOCKED;
            case "21212", "21603", "21606", "21659", "30034" -> RejectReason.INVALID_SENDER;
            case "21656", "21655", "63013" -> RejectReason.TEMPLATE;
            case "21602", "21617", "21620", "21623", "30007" -> RejectReason.CONTENT;
            case "63016" -> RejectReason.WINDOW_CLOSED;
            default -> otherwise;
        };
    }

    private static @Nullable String code(ErrorResponse response) {
        try {
            TwilioWire.Failure failure = FAILURE.read(response.body());
            List<TwilioWire.FailureEntry> errors = failure.errors();
            Integer code = errors == null || errors.isEmpty()
                    ? failure.code()
                    : errors.get(0).code();
            return code == null ? null : code.toString();
        } catch (MalformedDataException e) {
            return null;
        }
    }
}
