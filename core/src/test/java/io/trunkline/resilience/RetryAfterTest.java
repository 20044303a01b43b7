package io.trunkline.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @ParameterizedTest
    @CsvSource({"0,0", "120,120", "299.997,300", "' 7 ',7", "99999999999,86400", "999999999999999999,86400"})
    void parse_seconds_areRoundedUpAndBounded(String value, long seconds) {
        assertEquals(Optional.of(Duration.ofSeconds(seconds)), RetryAfter.parse(List.of(value), null, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "abc", "0,120", "1e9", "٣", "99999999999999999999", "Sun, 32 Mar 2026 08:00:00 GMT"})
    void parse_whatIsNeither_countsAsNotSent(String value) {
        assertEquals(Optional.empty(), RetryAfter.parse(List.of(value), null, NOW));
    }

    @Test
    void parse_date_isMeasuredAgainstTheServersOwnClock() {
        List<String> date = List.of("Sun, 01 Mar 2026 08:01:00 GMT");

        assertEquals(Optional.of(Duration.ofSeconds(60)), RetryAfter.parse(date, null, NOW));
        assertEquals(
                Optional.of(Duration.ofSeconds(30)),
                RetryAfter.parse(date, "Sun, 01 Mar 2026 08:00:30 GMT", NOW.plusSeconds(5_000)));
        assertEquals(Optional.of(Duration.ZERO), RetryAfter.parse(date, null, NOW.plusSeconds(5_000)));
    }

    @Test
    void parse_severalValues_countOnlyIfTheyAgree() {
        assertEquals(Optional.of(Duration.ofSeconds(5)), RetryAfter.parse(List.of("5", "5"), null, NOW));
        assertEquals(Optional.empty(), RetryAfter.parse(List.of("5", "6"), null, NOW));
        assertEquals(Optional.empty(), RetryAfter.parse(List.of(), null, NOW));
    }

    @Test
    void parseMillis_numbers_areRoundedUpAndBounded() {
        assertEquals(Optional.of(Duration.ofMillis(21)), RetryAfter.parseMillis("20.5"));
        assertEquals(Optional.of(Duration.ofDays(1)), RetryAfter.parseMillis("999999999999"));
        assertEquals(Optional.empty(), RetryAfter.parseMillis("soon"));
    }
}
