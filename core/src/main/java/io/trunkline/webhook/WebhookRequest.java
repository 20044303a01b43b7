package io.trunkline.webhook;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request as it arrived: the raw bytes are what signatures are checked on. Immutable; prints method and size. */
public final class WebhookRequest {

    private final String method;
    private final URI url;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private final Instant receivedAt;

    /**
     * A request.
     *
     * @param method in any case
     * @param url the address as the platform called it: public scheme, host and port, path and query
     * @param headers all headers
     * @param body the raw bytes, not decoded in any way
     * @param receivedAt when it arrived
     */
    public WebhookRequest(String method, URI url, Map<String, List<String>> headers, byte[] body, Instant receivedAt) {
        this.method = method.toUpperCase(Locale.ROOT);
        this.url = url;
        this.body = body.clone();
        this.receivedAt = receivedAt;
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.merge(name, List.copyOf(values), WebhookRequest::joined));
        this.headers = Collections.unmodifiableMap(copy);
    }

    /** The method in capitals. */
    public String method() {
        return method;
    }

    /** The address as the platform called it. */
    public URI url() {
        return url;
    }

    /** The value of a header that stands exactly once; empty if it is missing or repeated. */
    public Optional<String> header(String name) {
        List<String> values = headers(name);
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    /** All values of a header. */
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** All headers, names without regard to case. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** The raw bytes, a fresh array at each call. */
    public byte[] body() {
        return body.clone();
    }

    /** How many bytes the body has. */
    public int bodySize() {
        return body.length;
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** When it arrived. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** The parameters of the address, decoded, in the order sent. */
    public Map<String, List<String>> query() {
        String query = url.getRawQuery();
        return query == null ? Map.of() : parameters(query);
    }

    /** The parameters of a form body, decoded, in the order sent. */
    public Map<String, List<String>> form() {
        return parameters(text());
    }

    /** Method and size: address, headers and body may be secret or personal. */
    @Override
    public String toString() {
        return "WebhookRequest[" + method + ", " + body.length + " bytes]";
    }

    private static Map<String, List<String>> parameters(String text) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters
                        .computeIfAbsent(decoded(name), key -> new ArrayList<>())
                        .add(decoded(value));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
