package io.trunkline.value;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A W3C trace context as it travels in the {@code traceparent} header, version 00 or later.
 *
 * @param traceparent the header's value, already checked
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
public record TraceContext(String traceparent) {

    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}" + "-[0-9a-f]{2}(-.*)?");

    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if the value is not a traceparent
     */
    public TraceContext {
        if (!valid(traceparent)) {
            throw new IllegalArgumentException("traceparent must be version-traceid-parentid-flags in lower-case hex");
        }
    }

    /** The context that a received header holds, or empty where the header must be ignored. */
    public static Optional<TraceContext> parse(String header) {
        return valid(header) ? Optional.of(new TraceContext(header)) : Optional.empty();
    }

    private static boolean valid(String value) {
        boolean version00WithMore = value.startsWith("00") && value.length() > 55;
        return value.length() <= 256
                && !version00WithMore
                && FORM.matcher(value).matches();
    }
}
