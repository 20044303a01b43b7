package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.AttemptLedger;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault really happens, seen by a bare client, and the server says whether its work was done. */
@Timeout(60)
final class FaultTest {

    private final AtomicInteger work = new AtomicInteger();
    private final FakePlatform platform = FakePlatform.start().on("POST", "/", request -> {
        work.incrementAndGet();
        return FakeReply.text(200, "text/plain", "0123456789");
    });

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void none_answersAtOnce() throws Exception {
        platform.next(Fault.none());

        assertEquals("0123456789", post(Duration.ofSeconds(20)).body());
        assertEquals(1, work.get());
    }

    @Test
    void delay_answerComesLate_workIsDone() throws Exception {
        platform.next(Fault.delay(Duration.ofMillis(400)));
        long start = System.nanoTime();

        assertEquals("0123456789", post(Duration.ofSeconds(20)).body());

        assertTrue(System.nanoTime() - start >= Duration.ofMillis(400).toNanos());
        assertEquals(1, work.get());
    }

    @Test
    void drip_bytesComeOneByOne_workIsDone() throws Exception {
        platform.next(Fault.drip(Duration.ofMillis(50)));
        long start = System.nanoTime();

        assertEquals("0123456789", post(Duration.ofSeconds(20)).body());

        assertTrue(System.nanoTime() - start >= Duration.ofMillis(450).toNanos());
        assertEquals(1, work.get());
    }

    @Test
    void cut_answerEndsInItsMiddle_workIsDone() {
        platform.next(Fault.cut());

        assertThrows(IOException.class, () -> post(Duration.ofSeconds(20)));

        assertEquals(1, work.get());
    }

    @Test
    void reset_noAnswer_workIsDone() {
        platform.next(Fault.reset());

        IOException thrown = assertThrows(IOException.class, () -> post(Duration.ofSeconds(20)));

        assertTrue(!(thrown instanceof HttpTimeoutException), thrown::toString);
        assertEquals(1, work.get());
    }

    @Test
    void silence_noAnswerEver_noWorkIsDone() {
        platform.next(Fault.silence());

        assertThrows(HttpTimeoutException.class, () -> post(Duration.ofMillis(500)));

        assertEquals(0, work.get());
        assertEquals(1, platform.count());
    }

    @ParameterizedTest
    @EnumSource
    void throttled_everyForm_isOnTheWireAsItIs(RetryAfterForm form) throws Exception {
        platform.next(form.fault());

        HttpResponse<String> answer = post(Duration.ofSeconds(20));

        List<String> values = answer.headers().allValues("Retry-After");
        assertEquals(429, answer.statusCode());
        int expected = form == RetryAfterForm.NONE ? 0 : form == RetryAfterForm.TWO_VALUES ? 2 : 1;
        assertEquals(expected, values.size(), values::toString);
        assertTrue(form != RetryAfterForm.DATE || values.get(0).endsWith(" GMT"));
        assertTrue(form != RetryAfterForm.OVERFLOW || values.get(0).length() == 40);
        assertEquals(0, work.get());
    }

    @Test
    void webPageStatusAndAnswer_standBeforeTheWork() throws Exception {
        platform.next(Fault.webPage(), Fault.status(503), Fault.answer(418, "text/x", "tea"));

        HttpResponse<String> page = post(Duration.ofSeconds(20));
        assertEquals(200, page.statusCode());
        assertTrue(page.body().startsWith("<!doctype html>"));
        assertEquals(503, post(Duration.ofSeconds(20)).statusCode());
        assertEquals("tea", post(Duration.ofSeconds(20)).body());

        assertEquals(0, work.get());
    }

    @Test
    void always_everyAnswerUntilItIsEnded_butTheScriptFirst() throws Exception {
        platform.always(Fault.status(500));
        platform.next(Fault.none());

        assertEquals(200, post(Duration.ofSeconds(20)).statusCode());
        assertEquals(500, post(Duration.ofSeconds(20)).statusCode());
        assertEquals(500, post(Duration.ofSeconds(20)).statusCode());
        platform.always(Fault.none());
        assertEquals(200, post(Duration.ofSeconds(20)).statusCode());

        assertEquals(2, work.get());
    }

    private HttpResponse<String> post(Duration within) throws Exception {
        AttemptLedger.shared().attempted(platform.uri());
        HttpRequest request = HttpRequest.newBuilder(platform.uri())
                .timeout(within)
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
    }
}
