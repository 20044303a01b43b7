package io.trunkline.testkit;

import io.trunkline.mapping.Json;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.RecordedRequest;
import okio.ByteString;

/** A request as a {@link FakePlatform} sees it: verb, decoded path, query, headers and body. */
public final class FakeRequest {

    private final String method;
    private final URI url;
    private final Map<String, String> headers;
    private final byte[] body;
    private final List<String> captured;

    FakeRequest(RecordedRequest request, List<String> captured) {
        this.method = request.getMethod();
        this.url = request.getUrl().uri();
        this.headers = new LinkedHashMap<>();
        request.getHeaders().forEach(pair -> headers.put(pair.getFirst().toLowerCase(Locale.ROOT), pair.getSecond()));
        ByteString bytes = request.getBody();
        this.body = bytes == null ? new byte[0] : bytes.toByteArray();
        this.captured = captured;
    }

    /** The verb. */
    public String method() {
        return method;
    }

    /** The path, decoded. */
    public String path() {
        return url.getPath();
    }

    /** The address as it was called. */
    public URI url() {
        return url;
    }

    /** What the route's pattern has captured, counted from 0, decoded. */
    public String captured(int index) {
        return URLDecoder.decode(captured.get(index).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The first value of a query parameter. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(queryAll().get(name)).map(values -> values.get(0));
    }

    /** All query parameters. */
    public Map<String, List<String>> queryAll() {
        return pairs(url.getRawQuery() == null ? "" : url.getRawQuery());
    }

    /** A header by its name in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The body. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as a JSON object. */
    public Map<String, Object> json() {
        return new LinkedHashMap<>(Json.object(body));
    }

    /** The body as a form. */
    public Map<String, List<String>> form() {
        return pairs(text());
    }

    @Override
    public String toString() {
        return "FakeRequest[" + method + " " + path() + "]";
    }

    private static Map<String, List<String>> pairs(String text) {
        Map<String, List<String>> pairs = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                pairs.computeIfAbsent(decoded(name), key -> new ArrayList<>()).add(decoded(value));
            }
        }
        return pairs;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
