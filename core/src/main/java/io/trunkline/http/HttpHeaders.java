package io.trunkline.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** The headers of an answer; names compare without regard to case. Immutable; prints names only. */
public final class HttpHeaders {

    private final Headers headers;

    HttpHeaders(Headers headers) {
        this.headers = headers;
    }

    /**
     * Headers of the given values.
     *
     * @throws IllegalArgumentException if a name or value cannot stand in a header; the message does not repeat it
     */
    public static HttpHeaders of(Map<String, List<String>> values) {
        Headers.Builder builder = new Headers.Builder();
        values.forEach((name, list) -> list.forEach(value -> {
            HeaderText.check(name, value);
            builder.add(name, value);
        }));
        return new HttpHeaders(builder.build());
    }

    /** The value of a name; the last where there are several. */
    public Optional<String> first(String name) {
        return Optional.ofNullable(value(name));
    }

    /** All values of a name, in the order received. */
    public List<String> all(String name) {
        List<String> values = headers.values(name);
        return values.isEmpty() && name.equalsIgnoreCase(RetryAfterShield.REAL)
                ? headers.values(RetryAfterShield.SHIELDED)
                : values;
    }

    /** The names present. */
    public Set<String> names() {
        return headers.names();
    }

    /** The names alone: values may be secrets. */
    @Override
    public String toString() {
        return "HttpHeaders" + names();
    }

    private @Nullable String value(String name) {
        String value = headers.get(name);
        return value == null && name.equalsIgnoreCase(RetryAfterShield.REAL)
                ? headers.get(RetryAfterShield.SHIELDED)
                : value;
    }
}
