package io.trunkline.testkit;

import io.trunkline.mapping.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import mockwebserver3.MockResponse;
import okio.Buffer;

/** An answer of a {@link FakePlatform}: status, headers and body. Immutable. */
public record FakeReply(int status, Map<String, String> headers, byte[] body) {

    /** Keeps a copy of the headers. */
    public FakeReply {
        headers = Map.copyOf(headers);
    }

    /** A JSON answer of maps, lists, text, numbers and booleans. */
    public static FakeReply json(int status, Object value) {
        return new FakeReply(status, Map.of("Content-Type", "application/json"), Json.write(value));
    }

    /** An answer of another media type. */
    public static FakeReply text(int status, String contentType, String text) {
        return new FakeReply(status, Map.of("Content-Type", contentType), text.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer without a body. */
    public static FakeReply empty(int status) {
        return new FakeReply(status, Map.of(), new byte[0]);
    }

    /** A copy with one more header. */
    public FakeReply header(String name, String value) {
        Map<String, String> copy = new LinkedHashMap<>(headers);
        copy.put(name, value);
        return new FakeReply(status, copy, body);
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "FakeReply[" + status + "]";
    }

    MockResponse response() {
        MockResponse.Builder builder = new MockResponse.Builder().code(status);
        if (status != 204) {
            builder.body(new Buffer().write(body));
        }
        headers.forEach(builder::addHeader);
        return builder.build();
    }
}
