package io.trunkline.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.VirtualClock;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Money, deadlines, secrets, call options and record information at their edges. */
final class AmountsAndTimesTest {

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = TimeSource.of(clock::now, clock::nanos, clock::sleep);

    @Test
    void money_randomSums_areExact() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Money sum = Money.of("0", "CNY");
        BigInteger cents = BigInteger.ZERO;
        for (int i = 0; i < 10_000; i++) {
            int part = random.nextInt();
            Money money = Money.of(BigDecimal.valueOf(part, 2).toString(), "CNY");
            boolean plus = random.nextBoolean();
            sum = plus ? sum.plus(money) : sum.minus(money);
            cents = plus ? cents.add(BigInteger.valueOf(part)) : cents.subtract(BigInteger.valueOf(part));
        }

        assertEquals(new BigDecimal(cents, 2), sum.amount(), "seed " + seed);
        assertEquals(new BigDecimal(cents, 2).toPlainString() + " CNY", sum.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1,00",
                "1 000",
                "0x10",
                "NaN",
                "Infinity",
                "--1",
                "1.2.3",
                "1e999999999",
                "1E-999999999",
                "1e65",
                "$1"
            })
    void money_whatIsNoAmount_isRefusedWithoutRepeatingIt(String text) {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> Money.of(text, "EUR"));

        assertTrue(thrown.getMessage().startsWith("amount must"), thrown::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eur", "EURO", "XX", "€", "\0\0\0"})
    void money_unknownCurrency_saysWhatIsExpected(String code) {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> Money.of("1", code));

        assertTrue(String.valueOf(thrown.getMessage()).contains("ISO 4217"), thrown::getMessage);
    }

    @Test
    void money_ofAnAbsurdSize_cannotBeMadeByAnyWay() {
        Currency euro = Currency.getInstance("EUR");
        assertThrows(IllegalArgumentException.class, () -> new Money(new BigDecimal("1e1000000000"), euro));
        assertThrows(IllegalArgumentException.class, () -> new Money(new BigDecimal("1e-1000000000"), euro));
        Money largest = Money.of("9".repeat(64), "EUR");
        assertThrows(IllegalArgumentException.class, () -> largest.plus(largest));
        assertEquals(64, Money.of("1E+63", "EUR").toString().length() - 4);
    }

    @Test
    void money_comparedByValueAndEqualByScale() {
        assertEquals(0, Money.of("10", "EUR").compareTo(Money.of("10.00", "EUR")));
        assertNotEquals(Money.of("10", "EUR"), Money.of("10.00", "EUR"));
        assertTrue(Money.of("-1", "EUR").compareTo(Money.of("0", "EUR")) < 0);
    }

    @Test
    void deadline_ofAnyDuration_isPastOrAhead() {
        for (Duration past : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
            Deadline deadline = Deadline.in(past, time);
            assertTrue(deadline.expired(), past::toString);
            assertEquals(Duration.ZERO, deadline.remaining());
        }
        Deadline far = Deadline.in(Duration.ofSeconds(Long.MAX_VALUE), time);
        assertFalse(far.expired());
        assertEquals("Deadline[" + Duration.ofDays(365).toMillis() + " ms left]", far.toString());
    }

    @Test
    void deadline_toTheNanosecond_expiresWhenItIsReached() {
        Deadline deadline = Deadline.in(Duration.ofNanos(2), time);
        clock.advance(Duration.ofNanos(1));
        assertFalse(deadline.expired());
        clock.advance(Duration.ofNanos(1));
        assertTrue(deadline.expired());
    }

    /** Monotonic clocks may begin anywhere and run over. */
    @Test
    void deadline_clockThatRunsOver_isMeasuredAllTheSame() {
        long[] nanos = {Long.MAX_VALUE - 5};
        TimeSource wrapping = TimeSource.of(Instant::now, () -> nanos[0], duration -> {});
        Deadline near = Deadline.in(Duration.ofNanos(10), wrapping);
        Deadline far = Deadline.in(Duration.ofNanos(20), wrapping);
        nanos[0] += 9;
        assertFalse(near.expired());
        assertEquals(near, far.earlier(near));
        nanos[0] += 1;

        assertTrue(near.expired());
        assertEquals(Duration.ofNanos(10), far.remaining());
    }

    @Test
    void T55_secret_tellsNothingInAnyWay() {
        String text = Canary.secret();
        Secret secret = Secret.of(text);
        Leaks.printed(secret);
        Leaks.printed(Optional.of(secret));
        Leaks.printed(Map.of("k", secret));
        Leaks.printed(String.format("%s %10s %-10s", secret, secret, secret));
        Leaks.saw(new IllegalStateException("with " + secret, new IllegalArgumentException(String.valueOf(secret))));
        AssertionError unequal = assertThrows(AssertionError.class, () -> assertEquals(secret, Secret.of("other")));
        Leaks.saw(unequal);

        assertFalse(Serializable.class.isAssignableFrom(Secret.class));
        assertFalse(secret.equals((Object) text));
        assertEquals(Secret.of("a").hashCode(), secret.hashCode());
        byte[] bytes = secret.bytes();
        bytes[0] = 0;
        assertEquals(text, new String(secret.bytes(), StandardCharsets.UTF_8));
        assertThrows(IllegalArgumentException.class, () -> Secret.of("\n"));
    }

    @Test
    void callOptions_allParts_areKeptThroughEveryChange() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(1), time);
        TraceContext trace = new TraceContext("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        CallOptions options = CallOptions.bulk()
                .timeout(Duration.ofSeconds(3))
                .deadline(deadline)
                .idempotencyKey("k".repeat(255))
                .trace(trace)
                .lane(Lane.BULK);

        assertEquals(Optional.of(Duration.ofSeconds(3)), options.timeout());
        assertEquals(Optional.of(deadline), options.deadline());
        assertEquals(Optional.of("k".repeat(255)), options.idempotencyKey());
        assertEquals(Optional.of(trace), options.trace());
        assertEquals(Lane.BULK, options.lane());
        assertEquals(Optional.empty(), CallOptions.DEFAULT.deadline());
        assertEquals(Lane.INTERACTIVE, CallOptions.DEFAULT.lane());
        for (String key : List.of("", " ", "a b", "\u00e9", "a\0", "\u007f", "k".repeat(256))) {
            assertThrows(IllegalArgumentException.class, () -> options.idempotencyKey(key));
        }
        assertThrows(IllegalArgumentException.class, () -> options.timeout(Duration.ofNanos(-1)));
        assertThrows(NullPointerException.class, () -> options.deadline(null));
    }

    @Test
    void callOptions_end_isTheEarlierOfTimeLimitAndSharedEnd() {
        Duration usual = Duration.ofSeconds(10);
        Deadline shared = Deadline.in(Duration.ofSeconds(5), time);

        assertEquals(usual, CallOptions.DEFAULT.end(usual, time).remaining());
        assertEquals(
                Duration.ofSeconds(3),
                CallOptions.within(Duration.ofSeconds(3)).end(usual, time).remaining());
        assertEquals(shared, CallOptions.DEFAULT.deadline(shared).end(usual, time));
        assertEquals(
                Duration.ofSeconds(3),
                CallOptions.within(Duration.ofSeconds(3))
                        .deadline(shared)
                        .end(usual, time)
                        .remaining());
    }

    @Test
    void recordInfo_sameContent_isEqualAndOtherContentNot() {
        RecordInfo info = info().build();

        assertEquals(info, info().build());
        assertEquals(info.hashCode(), info().build().hashCode());
        assertNotEquals(info, info().version("8").build());
        assertNotEquals(info, info().deleted(true).build());
        assertNotEquals(info, info().updatedAt(Instant.EPOCH).build());
        assertNotEquals(info, info().createdAt(null).build());
        assertNotEquals(info, info().raw(Map.of()).build());
        assertNotEquals(info, info().customFields(Map.of()).build());
        assertNotEquals(info, RecordInfo.of(RecordRef.of("c", "t", "2")).build());
        assertThrows(
                UnsupportedOperationException.class, () -> info.customFields().clear());
        assertTrue(info.updatedAt().isEmpty());
    }

    private static RecordInfo.Builder info() {
        return RecordInfo.of(RecordRef.of("c", "t", "1"))
                .createdAt(Instant.EPOCH)
                .version("7")
                .customFields(Map.of("vip", true))
                .raw(Map.of("Id", "1"));
    }
}
