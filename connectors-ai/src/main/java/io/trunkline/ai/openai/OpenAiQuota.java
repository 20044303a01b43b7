package io.trunkline.ai.openai;

import io.trunkline.http.HttpHeaders;
import io.trunkline.http.RateReader;
import io.trunkline.http.RateWindow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code x-ratelimit-*-requests} and {@code -tokens}; the reset is a duration such as {@code 6m0s} or {@code 20ms}. */
final class OpenAiQuota implements RateReader {

    private static final Pattern PART = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)(h|ms|m|s)");
    private static final Map<String, Long> MILLIS = Map.of("h", 3_600_000L, "m", 60_000L, "s", 1_000L, "ms", 1L);

    @Override
    public Optional<RateWindow> read(HttpHeaders headers, Instant now) {
        // Tokens are counted too; a call needs an unknown number of them, so only their end is told.
        Optional<RateWindow> tokens = window(headers, now, "tokens").filter(window -> window.remaining() == 0);
        return tokens.isPresent() ? tokens : window(headers, now, "requests");
    }

    private static Optional<RateWindow> window(HttpHeaders headers, Instant now, String of) {
        Optional<Long> remaining = number(headers, "x-ratelimit-remaining-" + of);
        Optional<Long> limit = number(headers, "x-ratelimit-limit-" + of).filter(most -> most > 0);
        Optional<Duration> reset = headers.first("x-ratelimit-reset-" + of).flatMap(OpenAiQuota::duration);
        return remaining.isPresent() && limit.isPresent() && reset.isPresent()
                ? Optional.of(new RateWindow(remaining.get(), limit.get(), now.plus(reset.get())))
                : Optional.empty();
    }

    static Optional<Duration> duration(String text) {
        Matcher part = PART.matcher(text);
        BigDecimal millis = BigDecimal.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            millis = millis.add(
                    new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(MILLIS.getOrDefault(part.group(2), 0L))));
            end = part.end();
        }
        return end == text.length() && end > 0 ? Optional.of(Duration.ofMillis(millis.longValue())) : Optional.empty();
    }

    private static Optional<Long> number(HttpHeaders headers, String name) {
        return headers.first(name).filter(text -> text.matches("\\d{1,12}")).map(Long::valueOf);
    }
}
