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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The platform's numbered errors. Follows twilio.com/docs/api/errors. */
final class TwilioErrors implements ErrorDecoder {

    private static final JsonCodec<TwilioWire.Failure> FAILURE = Json.codec(TwilioWire.Failure.class);

    /** The recipient has opted out. */
    static final String OPTED_OUT = "21610";

    /** Too much for now: the account, a sender's queue or a carrier's limit. The platform did nothing. */
    private static final Set<String> RATE = Set.of("20429", "21611", "14107", "63018", "63038");

    @Override
    public PlatformError decode(ErrorResponse response) {
        String code = code(response);
        String requestId = response.headers().first("Twilio-Request-Id").orElse(null);
        PlatformError error = (code != null && RATE.contains(code)) || response.status() == 429
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
        return reason(context.platformCode().orElse("")).orElse(otherwise);
    }

    /** Why the platform refused or did not deliver, by the code of an answer or of a receipt. */
    static Optional<RejectReason> reason(String code) {
        return Optional.ofNullable(
                switch (code) {
                    case "21211", "21214", "21217", "21401", "21421", "21604", "21614" -> RejectReason.INVALID_ADDRESS;
                    case "30003", "30005", "30006", "63003", "63024", "63031" -> RejectReason.INVALID_ADDRESS;
                    case OPTED_OUT -> RejectReason.OPTED_OUT;
                    case "21219", "21408", "21608", "21612", "21635", "30002", "30004" -> RejectReason.BLOCKED;
                    case "30037", "30450", "30453", "63014", "63015", "63032", "63049" -> RejectReason.BLOCKED;
                    case "21212", "21213", "21603", "21606", "21659", "21660", "21661" -> RejectReason.INVALID_SENDER;
                    case "21701", "21703", "21704", "21705", "30032", "30034", "63007" -> RejectReason.INVALID_SENDER;
                    case "63020", "63022" -> RejectReason.INVALID_SENDER;
                    case "21655", "21656", "63027", "63028", "63029", "63040", "63041" -> RejectReason.TEMPLATE;
                    case "21602", "21605", "21617", "21619", "21620", "21623" -> RejectReason.CONTENT;
                    case "30007", "30019", "30038", "63005", "63013", "63019", "63021" -> RejectReason.CONTENT;
                    case "63016" -> RejectReason.WINDOW_CLOSED;
                    case "14107", "20429", "21611", "30001", "30022", "30023", "63018", "63038" ->
                        RejectReason.RATE_LIMITED;
                    case "20003", "20005", "63001" -> RejectReason.CREDENTIAL;
                    case "21730", "30017", "63010", "63012" -> RejectReason.UNAVAILABLE;
                    default -> null;
                });
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
