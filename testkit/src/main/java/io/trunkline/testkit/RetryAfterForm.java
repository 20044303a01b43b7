package io.trunkline.testkit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The forms in which platforms really send {@code Retry-After}, and those in which they break it. */
public enum RetryAfterForm {
    /** Whole seconds. */
    SECONDS(true, "3600"),
    /** A date an hour ahead. */
    DATE(true),
    /** Seconds with decimals. */
    DECIMAL(true, "3599.997"),
    /** The last second of the last year of four digits. */
    FAR_DATE(true, "Fri, 31 Dec 9999 23:59:59 GMT"),
    /** A negative number. */
    NEGATIVE(false, "-1"),
    /** Two headers that differ. */
    TWO_VALUES(false, "0", "3600"),
    /** Two numbers in one header. */
    LIST(false, "0,120"),
    /** More seconds than any number holds. */
    OVERFLOW(false, "9".repeat(40)),
    /** A number with an exponent. */
    EXPONENT(false, "1e9"),
    /** A header without a value. */
    EMPTY(false, ""),
    /** No header at all. */
    NONE(false);

    private final boolean readable;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is.
    private final List<String> values;

    RetryAfterForm(boolean readable, String... values) {
        this.readable = readable;
        this.values = List.of(values);
    }

    /** Whether it says a time that a client should keep to. */
    public boolean readable() {
        return readable;
    }

    /** A refusal with 429 that carries it. */
    public Fault fault() {
        return this == DATE ? Fault.throttled(inAnHour()) : Fault.throttled(values.toArray(String[]::new));
    }

    private static String inAnHour() {
        return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                .format(Instant.now().plusSeconds(3_600).atOffset(ZoneOffset.UTC));
    }
}
