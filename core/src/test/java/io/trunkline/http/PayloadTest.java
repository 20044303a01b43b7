package io.trunkline.http;

import static io.trunkline.checks.LocalServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.squareup.moshi.Moshi;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.LocalServer;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.OutcomeUnknownException;
import io.trunkline.error.ProtocolException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.mapping.Json;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.resilience.BreakerSettings;
import io.trunkline.resilience.ResilienceSettings;
import io.trunkline.value.CallOptions;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are not what they should be. */
@Timeout(120)
final class PayloadTest {

    private static final CallOptions SOON = CallOptions.within(Duration.ofSeconds(20));
    private static final String DIGITS = "7".repeat(1_600_000);

    /** Documents that no platform has reason to send, by name. */
    private static final Map<String, String> HOSTILE = Map.ofEntries(
            Map.entry("digits", "{\"id\":" + DIGITS + "}"),
            Map.entry("quoted digits", "{\"id\":\"" + DIGITS + "\"}"),
            Map.entry("exponent", "{\"id\":1E999999999}"),
            Map.entry("nesting", "{\"x\":" + "[".repeat(1_000_000)),
            Map.entry("nesting in name", "{\"name\":" + "{\"a\":".repeat(100_000)),
            Map.entry("NaN", "{\"id\":NaN}"),
            Map.entry("infinity", "{\"id\":Infinity}"),
            Map.entry("trailing garbage", "{\"id\":1,\"name\":\"a\"} x"),
            Map.entry("second document", "{\"id\":1,\"name\":\"a\"}{\"id\":2}"),
            Map.entry("fraction", "{\"id\":1.5}"),
            Map.entry("overflow", "{\"id\":9223372036854775808}"),
            Map.entry("comment", "/* x */{\"id\":1}"),
            Map.entry("single quotes", "{'id':1}"),
            Map.entry("NUL", "{\"id\":1}\u0000"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "digits",
                "quoted digits",
                "exponent",
                "nesting",
                "nesting in name",
                "NaN",
                "infinity",
                "trailing garbage",
                "second document",
                "fraction",
                "overflow",
                "comment",
                "single quotes",
                "NUL"
            })
    void T34_hostileJson_isAProtocolErrorOfAShortMessage(String name) {
        try (LocalServer server = LocalServer.answering(json(200, HOSTILE.get(name)));
                Rig rig = Rig.to(server)) {
            ProtocolException thrown =
                    assertThrows(ProtocolException.class, () -> rig.api.get("1").execute(SOON));

            assertTrue(thrown.getMessage().length() < 400, thrown::getMessage);
            assertEquals(1, server.count());
        }
    }

    @Test
    void T34_hostileJson_costsLittleTime() {
        for (Map.Entry<String, String> each : HOSTILE.entrySet()) {
            byte[] bytes = each.getValue().getBytes(StandardCharsets.UTF_8);
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 4; i++) {
                best = Math.min(
                        best,
                        cpu(() -> assertThrows(
                                MalformedDataException.class,
                                () -> Json.codec(Rig.Item.class).read(bytes))));
            }

            long millis = best / 1_000_000;
            assertTrue(millis < 100, () -> each.getKey() + " took " + millis + " ms of CPU");
        }
    }

    @Test
    void T34_bareMoshi_takesLongForDigits() {
        String digits = "{\"id\":" + DIGITS.substring(0, 400_000) + "}";

        long took = cpu(() -> assertThrows(
                Exception.class,
                () -> new Moshi.Builder().build().adapter(Longs.class).fromJson(digits)));

        assertTrue(took > 100_000_000, () -> "the control took only " + took / 1_000_000 + " ms");
    }

    /** A plain class, as bare Moshi reads it. */
    static final class Longs {
        long id;
    }

    @Test
    void T34_millionKeys_stayWithinTheCapOrAreRefused() {
        StringBuilder keys = new StringBuilder("{\"id\":1,\"name\":\"a\"");
        for (int i = 0; i < 400_000; i++) {
            keys.append(",\"key").append(i).append("\":0");
        }
        byte[] bytes = keys.append('}').toString().getBytes(StandardCharsets.UTF_8);
        try (LocalServer server = LocalServer.answering(
                        json(200, new String(bytes, StandardCharsets.UTF_8)),
                        json(200, "\"" + "x".repeat(11 << 20) + "\""));
                Rig rig = Rig.to(server)) {
            assertEquals(1, rig.api.get("1").execute(SOON).id());
            assertThrows(ProtocolException.class, () -> rig.api.text().execute(SOON));
        }
    }

    private static long cpu(Runnable work) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    }

    @ParameterizedTest
    @ValueSource(strings = {"bomb", "nested", "twice", "identity", "cut", "not gzip"})
    void T35_compressionThatLies_isAProtocolError(String trick) throws Exception {
        MockResponse.Builder answer = new MockResponse.Builder().addHeader("Content-Type", "application/json");
        byte[] good = "{\"id\":1,\"name\":\"a\"}".getBytes(StandardCharsets.UTF_8);
        byte[] zeros = new byte[64 << 20];
        switch (trick) {
            case "bomb" -> answer.addHeader("Content-Encoding", "gzip").body(gzip(zeros));
            case "nested" ->
                answer.addHeader("Content-Encoding", "gzip")
                        .body(gzip(gzip(zeros).readByteArray()));
            case "twice" ->
                answer.addHeader("Content-Encoding", "gzip, gzip")
                        .body(gzip(gzip(good).readByteArray()));
            case "identity" -> answer.addHeader("Content-Encoding", "identity").body(gzip(good));
            case "cut" -> {
                Buffer cut = new Buffer();
                cut.write(gzip(new byte[100_000]), 60);
                answer.addHeader("Content-Encoding", "gzip").body(cut);
            }
            default -> answer.addHeader("Content-Encoding", "gzip").body(new String(good, StandardCharsets.UTF_8));
        }
        try (LocalServer server = LocalServer.answering(answer.build());
                Rig rig = Rig.to(server)) {
            assertThrows(Exception.class, () -> rig.api.get("1").execute(SOON));

            assertTrue(rig.outcomes.get(0).failure().isPresent());
            assertFalse(rig.outcomes.get(0).failure().get() == ErrorKind.UNAVAILABLE);
        }
    }

    private static Buffer gzip(byte[] bytes) throws Exception {
        Buffer packed = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(packed))) {
            sink.write(bytes);
        }
        return packed;
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":1,", "{id:1}", "[1,2", "\"text\"", "<x/>", "tru"})
    void X14_malformedJson_isNotTriedAgain(String body) {
        try (LocalServer server = LocalServer.answering(json(200, body));
                Rig rig = Rig.to(server)) {
            assertThrows(ProtocolException.class, () -> rig.api.get("1").execute(SOON));

            assertEquals(1, server.count());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html; charset=utf-8", "application/json"})
    void X15_webPageWithStatus200_isNamedAndCountsForTheBreaker(String type) {
        String person = Canary.email();
        MockResponse page = new MockResponse.Builder()
                .addHeader("Content-Type", type)
                .body("<html>log in, " + person + "</html>")
                .build();
        BreakerSettings one = new BreakerSettings(1, 1, Duration.ofMinutes(5));
        try (LocalServer server = LocalServer.answering(page);
                Rig rig = Rig.to(server, own -> own.resilience(ResilienceSettings.DEFAULT.breaker(one)))) {
            ProtocolException thrown = Leaks.saw(
                    assertThrows(ProtocolException.class, () -> rig.api.get("1").execute(SOON)));

            assertTrue(thrown.getMessage().contains("unexpected-html"), thrown::getMessage);
            assertThrows(RetryLaterException.class, () -> rig.api.get("1").execute(SOON));
            assertEquals(1, server.count());
        }
    }

    @Test
    void X15_webPageWhereNoBodyIsExpected_isNoSuccess() {
        MockResponse page = new MockResponse.Builder()
                .addHeader("Content-Type", "text/html; charset=utf-8")
                .body("<!doctype html><html><body>log in</body></html>")
                .build();
        Rig.Item item = new Rig.Item(1, "a");
        try (LocalServer server = LocalServer.answering(page);
                Rig rig = Rig.to(server)) {
            assertThrows(ProtocolException.class, () -> rig.api.put("1", item).execute(SOON));
            assertThrows(
                    OutcomeUnknownException.class,
                    () -> rig.api.send(RequestBody.create(new byte[1])).execute(SOON));

            assertEquals(2, server.count());
        }
    }

    @Test
    void X16_errorInsideA200_isWhatTheDecoderSays() {
        ErrorDecoder inside = new ErrorDecoder() {
            @Override
            public PlatformError decode(ErrorResponse response) {
                return StatusErrors.of(response.status());
            }

            @Override
            public Optional<PlatformError> inside(Object body, HttpHeaders headers) {
                return body instanceof Rig.Item item && item.id() == 40001
                        ? Optional.of(PlatformError.of(ErrorKind.RATE_LIMITED, "wait"))
                        : Optional.empty();
            }
        };
        try (LocalServer server = LocalServer.answering(
                        json(200, "{\"id\":40001,\"name\":\"busy\"}"), json(200, "{\"id\":1,\"name\":\"a\"}"));
                Rig rig = Rig.to(server, own -> own.errors(inside))) {
            assertEquals(1, rig.api.get("1").execute(SOON).id());

            assertEquals(2, server.count());
        }
    }

    @Test
    void X16_decoderThatFails_isAProtocolErrorAndNoCrash() {
        ErrorDecoder broken = new ErrorDecoder() {
            @Override
            public PlatformError decode(ErrorResponse response) {
                throw new IllegalStateException("decoder");
            }

            @Override
            public Optional<PlatformError> inside(Object body, HttpHeaders headers) {
                throw new IllegalStateException("decoder");
            }
        };
        try (LocalServer server = LocalServer.answering(json(200, "{\"id\":1,\"name\":\"a\"}"), json(503, "{}"));
                Rig rig = Rig.to(server, own -> own.errors(broken))) {
            assertThrows(ProtocolException.class, () -> rig.api.get("1").execute(SOON));
            assertThrows(RetryLaterException.class, () -> rig.api.get("1").execute(SOON));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "true"})
    void X17_emptyNullOrWrongType_isAProtocolError(String body) {
        try (LocalServer server = LocalServer.answering(json(200, body));
                Rig rig = Rig.to(server)) {
            assertThrows(ProtocolException.class, () -> rig.api.get("1").execute(SOON));
        }
    }

    @Test
    void X17_noContentWhereABodyIsDue_isAProtocolError() {
        try (LocalServer server = LocalServer.answering(
                        new MockResponse.Builder().code(204).build());
                Rig rig = Rig.to(server)) {
            assertThrows(ProtocolException.class, () -> rig.api.get("1").execute(SOON));
            rig.api.put("1", new Rig.Item(1, "a")).execute(SOON);
        }
    }

    @Test
    void X18_newField_isPassedOver() {
        try (LocalServer server =
                        LocalServer.answering(json(200, "{\"id\":1,\"name\":\"a\",\"new\":{\"x\":[1,null]}}"));
                Rig rig = Rig.to(server)) {
            assertEquals(new Rig.Item(1, "a"), rig.api.get("1").execute(SOON));
        }
    }
}
