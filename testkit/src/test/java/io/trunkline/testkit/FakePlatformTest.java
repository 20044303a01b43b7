package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.AttemptLedger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class FakePlatformTest {

    @Test
    void script_faultsInOrder_thenThePlatformItself() throws Exception {
        try (FakePlatform platform = FakePlatform.start()
                .on("GET", "/a/([^/]+)", request -> FakeReply.text(200, "text/plain", request.captured(0)))) {
            platform.next(Fault.throttled("7"), Fault.webPage(), Fault.none(), Fault.cut(), Fault.status(502));

            HttpResponse<String> throttled = get(platform);
            assertEquals("7", throttled.headers().firstValue("Retry-After").orElseThrow());
            assertTrue(get(platform).body().startsWith("<!doctype"));
            assertEquals("x y", get(platform).body());
            assertThrows(IOException.class, () -> get(platform));
            assertEquals(502, get(platform).statusCode());
            assertEquals("x y", get(platform).body());

            assertEquals(3, platform.exchanges().size());
            assertEquals(6, platform.count());
        }
    }

    @Test
    void close_askedForUnknownRoute_fails() throws Exception {
        FakePlatform platform = FakePlatform.start();
        assertEquals(404, get(platform).statusCode());

        AssertionError thrown = assertThrows(AssertionError.class, platform::close);

        assertTrue(thrown.getMessage().contains("GET /a/x%20y"), thrown::getMessage);
    }

    private static HttpResponse<String> get(FakePlatform platform) throws Exception {
        AttemptLedger.shared().attempted(platform.uri());
        URI uri = URI.create(platform.uri() + "a/x%20y");
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
    }
}
