package io.trunkline.http;

import static io.trunkline.http.Canned.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.RetryLaterException;
import io.trunkline.resilience.BreakerSettings;
import io.trunkline.resilience.ResilienceSettings;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each status does to a call: how long it waits, and whether it is made again. In virtual time. */
@Timeout(60)
final class StatusFaultsTest {

    private static final CallOptions PATIENT = CallOptions.within(Duration.ofMinutes(30));
    private static final String DATE = "Sun, 01 Mar 2026 07:50:00 GMT";

    private final VirtualClock clock = VirtualClock.single();

    private static Response first(Request request, Deque<Response.Builder> answers) {
        Response.Builder next = answers.pollFirst();
        return next == null ? answer(request, 200) : next.request(request).build();
    }

    /** One answer of the status with the headers, and good ones after it. */
    private Rig once(int status, String... headers) {
        Deque<Response.Builder> answers = new ArrayDeque<>();
        Request any = new Request.Builder().url("http://crm.test/").build();
        answers.add(answer(any, status, headers).newBuilder());
        return Canned.rig(clock, ResilienceSettings.DEFAULT, request -> first(request, answers));
    }

    @ParameterizedTest
    @CsvSource({"429, 7, 7", "503, 7, 7", "429, 2.5, 3", "429, 120, 120", "503, 0.001, 1"})
    void X19_retryAfterInSeconds_isWaitedForAtLeast(int status, String value, long seconds) {
        try (Rig rig = once(status, "Retry-After", value)) {
            assertEquals(1, rig.api.get("1").execute(PATIENT).id());

            assertEquals(2, rig.attempts.size());
            assertEquals(seconds, Math.round(clock.nanos() / 1e9));
        }
    }

    @Test
    void X19_retryAfterBeyondTheDeadline_isToldAtOnceWithItsTime() {
        try (Rig rig = once(429, "Retry-After", "60")) {
            RetryLaterException thrown = assertThrows(
                    RetryLaterException.class,
                    () -> rig.api.get("1").execute(CallOptions.within(Duration.ofSeconds(10))));

            assertEquals(ErrorKind.RATE_LIMITED, thrown.kind());
            assertEquals(clock.now().plusSeconds(60), thrown.context().retryAt().orElseThrow());
            assertEquals(0, clock.nanos());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 01 Mar 2026 07:50:09 GMT | 9",
                "Sun, 01 Mar 2026 07:49:00 GMT | 0",
                "Sunday, 01-Mar-26 07:50:09 GMT | 9",
                "Sun Mar  1 07:50:09 2026 | 9"
            })
    void X20_retryAfterAsDate_isMeasuredByTheServersClock(String date, long seconds) {
        Instant began = clock.now();
        try (Rig rig = once(503, "Retry-After", date, "Date", DATE)) {
            rig.api.get("1").execute(PATIENT);

            long waited = Duration.between(began, clock.now()).toMillis();
            assertTrue(waited >= seconds * 1_000 && waited <= seconds * 1_000 + 100, () -> waited + " ms");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1", "0,120", "1e9", "", "soon", "+5", "0x10", "5;6", "٣", "Sun, 32 Mar 2026 08:00:00 GMT"})
    void X21_retryAfterOfNoKnownForm_countsAsNotSent(String value) {
        try (Rig rig = once(429, "Retry-After", value)) {
            assertEquals(1, rig.api.get("1").execute(PATIENT).id());

            assertTrue(clock.nanos() <= Duration.ofSeconds(1).toNanos(), () -> clock.nanos() + " ns");
        } catch (IllegalArgumentException e) {
            assertFalse(value.chars().allMatch(c -> c < 0x7f), "only OkHttp's own builder may refuse " + value);
        }
    }

    @Test
    void X21_retryAfterWithTwoValues_isIgnoredUnlessTheyAgree() {
        try (Rig rig = once(429, "Retry-After", "60", "Retry-After", "90")) {
            rig.api.get("1").execute(PATIENT);
            assertTrue(clock.nanos() <= Duration.ofSeconds(1).toNanos());
        }
        try (Rig rig = once(429, "Retry-After", "60", "Retry-After", "60")) {
            rig.api.get("1").execute(PATIENT);
            assertTrue(clock.nanos() >= Duration.ofSeconds(60).toNanos());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999", "Fri, 31 Dec 9999 23:59:59 GMT", "99999"})
    void X21_absurdlyLongWait_isCutToTheLanesLongest(String value) {
        CallOptions days = CallOptions.within(Duration.ofDays(30));
        try (Rig rig = once(429, "Retry-After", value)) {
            rig.api.get("1").execute(days);
            assertEquals(Duration.ofMinutes(5).toNanos(), clock.nanos());
        }
        try (Rig rig = once(429, "Retry-After", value)) {
            long before = clock.nanos();
            rig.api.get("1").execute(days.lane(Lane.BULK));
            assertTrue(clock.nanos() - before > Duration.ofMinutes(5).toNanos());
            assertTrue(clock.nanos() - before <= Duration.ofHours(24).toNanos());
        }
    }

    @Test
    void X22_tooManyCallsWithoutHeader_backsOffFromASecondAndTakesFiveTokens() {
        ResilienceSettings plain = ResilienceSettings.DEFAULT.breaker(null).retries(1);
        try (Rig rig = Canned.rig(clock, plain, request -> answer(request, 429))) {
            int calls = 0;
            while (calls < 1_000) {
                calls++;
                int before = rig.attempts.size();
                assertThrows(RetryLaterException.class, () -> rig.api.get("1").execute(PATIENT));
                if (rig.attempts.size() - before == 1) {
                    break;
                }
            }

            assertEquals(101, calls, "500 tokens at 5 a retry");
            double average = clock.nanos() / 1e9 / 100;
            assertTrue(average > 0.3 && average < 0.7, () -> "average wait " + average + " s of at most 1 s");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 402, 403, 404, 405, 409, 410, 412, 413, 415, 422, 451})
    void X30_refusalOfTheContent_isNotTriedAgainNorCountedByTheBreaker(int status) {
        BreakerSettings one = new BreakerSettings(1, 1, Duration.ofHours(1));
        try (Rig rig = Canned.rig(clock, ResilienceSettings.DEFAULT.breaker(one), request -> answer(request, status))) {
            for (int i = 1; i <= 3; i++) {
                assertThrows(ConnectorException.class, () -> rig.api.get("1").execute(PATIENT));
                assertEquals(i, rig.attempts.size());
            }
            assertEquals(0, clock.nanos());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 507, 520, 599})
    void X30_failureOfThePlatform_isTriedAgainAndCountedByTheBreaker(int status) {
        BreakerSettings three = new BreakerSettings(3, 3, Duration.ofHours(1));
        try (Rig rig =
                Canned.rig(clock, ResilienceSettings.DEFAULT.breaker(three), request -> answer(request, status))) {
            assertThrows(RetryLaterException.class, () -> rig.api.get("1").execute(PATIENT));
            RetryLaterException refused = assertThrows(
                    RetryLaterException.class, () -> rig.api.get("1").execute(PATIENT));

            assertEquals(ErrorKind.REJECTED_LOCALLY, refused.kind());
            assertEquals(3, rig.attempts.size());
        }
    }

    @Test
    void X34_deadlineShorterThanTheWait_failsNowWithoutSleeping() {
        List<String> headers = List.of("Retry-After", "5");
        try (Rig rig = Canned.rig(
                clock, ResilienceSettings.DEFAULT, request -> answer(request, 503, headers.toArray(String[]::new)))) {
            assertThrows(
                    RetryLaterException.class,
                    () -> rig.api.get("1").execute(CallOptions.within(Duration.ofSeconds(2))));

            assertEquals(0, clock.nanos());
            assertEquals(1, rig.attempts.size());
        }
    }
}
