package io.trunkline.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request of the platform's own API. Immutable; prints method only. */
public final class RawRequest {

    private final String method;
    private final String path;
    private final Map<String, String> query;
    private final Map<String, String> headers;
    private final byte @Nullable [] body;
    private final String contentType;

    private RawRequest(
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            byte @Nullable [] body,
            String contentType) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.contentType = contentType;
    }

    /**
     * A request without a body.
     *
     * @param method such as GET
     * @param path below the connection's address, percent-encoded where need be
     */
    public static RawRequest of(String method, String path) {
        return new RawRequest(method.toUpperCase(Locale.ROOT), path, Map.of(), Map.of(), null, "");
    }

    /** A copy with one more query parameter, which is encoded. */
    public RawRequest query(String name, String value) {
        Map<String, String> copy = new LinkedHashMap<>(query);
        copy.put(name, value);
        return new RawRequest(method, path, copy, headers, body, contentType);
    }

    /**
     * A copy with one more header.
     *
     * @throws IllegalArgumentException if the value cannot stand in a header; the message does not repeat it
     */
    public RawRequest header(String name, String value) {
        HeaderText.check(name, value);
        Map<String, String> copy = new LinkedHashMap<>(headers);
        copy.put(name, value);
        return new RawRequest(method, path, query, copy, body, contentType);
    }

    /** A copy with a body. */
    public RawRequest body(String mediaType, byte[] bytes) {
        HeaderText.check("Content-Type", mediaType);
        return new RawRequest(method, path, query, headers, bytes.clone(), mediaType);
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    Map<String, String> query() {
        return query;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte @Nullable [] body() {
        return body;
    }

    String contentType() {
        return contentType;
    }

    /** The method alone: path, query and body may hold personal data. */
    @Override
    public String toString() {
        return "RawRequest[" + method + "]";
    }
}
