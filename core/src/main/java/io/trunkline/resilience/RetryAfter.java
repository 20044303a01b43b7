package io.trunkline.resilience;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Retry-After} in the forms that platforms really send: seconds, seconds with decimals, a date; anything
 * else counts as not sent.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110, 10.2.3</a>
 */
public final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,9})?");
    /** The form of today, and the two older ones that RFC 9110, 5.6.7 wants accepted. */
    private static final List<DateTimeFormatter> FORMS = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC));

    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /**
     * The wait that a header asks for, at most a day.
     *
     * @param values the header's values; two that differ count as none
     * @param dateHeader the answer's {@code Date}, against which a date is measured so that a wrong clock does not
     *     matter, or null
     * @param now the time here, if the answer has no {@code Date}
     */
    public static Optional<Duration> parse(List<String> values, @Nullable String dateHeader, Instant now) {
        if (values.stream().map(String::strip).distinct().count() != 1) {
            return Optional.empty();
        }
        String value = values.get(0).strip();
        if (SECONDS.matcher(value).matches()) {
            return Optional.of(seconds(value));
        }
        return date(value).map(until -> bounded(Duration.between(dateOr(dateHeader, now), until)));
    }

    /** The wait that a header in milliseconds asks for, such as {@code retry-after-ms}; at most a day. */
    public static Optional<Duration> parseMillis(String value) {
        String text = value.strip();
        return SECONDS.matcher(text).matches()
                ? Optional.of(bounded(Duration.ofMillis(ceiling(new BigDecimal(text)))))
                : Optional.empty();
    }

    private static Duration seconds(String value) {
        return bounded(Duration.ofSeconds(Math.min(LONGEST.toSeconds(), ceiling(new BigDecimal(value)))));
    }

    private static long ceiling(BigDecimal number) {
        return number.setScale(0, RoundingMode.CEILING)
                .min(BigDecimal.valueOf(LONGEST.toMillis()))
                .longValueExact();
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Instant dateOr(@Nullable String dateHeader, Instant now) {
        return dateHeader == null ? now : date(dateHeader).orElse(now);
    }

    private static Optional<Instant> date(String value) {
        return FORMS.stream()
                .flatMap(form -> instant(value.strip(), form).stream())
                .findFirst();
    }

    private static Optional<Instant> instant(String text, DateTimeFormatter form) {
        try {
            return Optional.of(ZonedDateTime.parse(text, form).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
