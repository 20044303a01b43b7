package io.trunkline.webhook;

import io.trunkline.mapping.Json;
import io.trunkline.mapping.MalformedDataException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
import org.jspecify.annotations.Nullable;

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

    /** How many characters address and headers have. */
    int headSize() {
        int size = url.toString().length();
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            for (String value : header.getValue()) {
                size += header.getKey().length() + value.length();
            }
        }
        return size;
    }

    /** How many bytes the body has. */
    public int bodySize() {
        return body.length;
    }

    /**
     * The body as text.
     *
     * @throws MalformedDataException if it is not UTF-8: what a lenient reader would make of it is not what was signed
     */
    public String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedDataException("the body is not UTF-8");
        }
    }

    /**
     * The object that the body holds; whole numbers are {@code Long}, others {@code BigDecimal}.
     *
     * @throws MalformedDataException if it is not one JSON object in UTF-8
     */
    public Map<String, @Nullable Object> json() {
        return Json.object(text().getBytes(StandardCharsets.UTF_8));
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

    /**
     * The parameters of a form body, decoded, in the order sent.
     *
     * @throws MalformedDataException if it is not UTF-8
     */
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
