package io.trunkline.http;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.SecurityPolicyException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;

/**
 * Puts a request built against the placeholder address onto the connection's real address, and refuses addresses that
 * a platform or a caller has pointed elsewhere.
 */
final class RequestTarget {

    /** The address to build against while the real one is not known; the name is reserved, never resolved (RFC 2606). */
    static final String PLACEHOLDER = "https://endpoint.invalid/";

    private static final String PLACEHOLDER_HOST = "endpoint.invalid";

    private final String connection;
    private final Endpoints endpoints;
    private final Map<URI, Parsed> known = new ConcurrentHashMap<>();

    private record Parsed(HttpUrl url, URI origin) {}

    RequestTarget(String connection, Endpoints endpoints) {
        this.connection = connection;
        this.endpoints = endpoints;
    }

    HttpUrl resolve(HttpUrl template, URI endpoint, String operation) {
        if (template.host().equals(PLACEHOLDER_HOST)) {
            return under(endpoint, template);
        }
        if (template.username().isEmpty() && template.password().isEmpty() && owns(template, endpoint)) {
            return template;
        }
        throw new SecurityPolicyException(
                "the address does not belong to this connection, so neither it nor the credential was used",
                ErrorContext.of(connection, operation, ErrorKind.SECURITY),
                null);
    }

    /** The address that requests are built against: the real one where there is only one, which spares a second building. */
    static HttpUrl base(Endpoints endpoints) {
        if (endpoints instanceof FixedEndpoint fixed) {
            HttpUrl url = HttpUrl.get(fixed.address().toString());
            if (url.encodedPath().equals("/") && url.username().isEmpty()) {
                return url;
            }
        }
        return HttpUrl.get(PLACEHOLDER);
    }

    private boolean owns(HttpUrl template, URI endpoint) {
        HttpUrl known = parsed(endpoint).url();
        boolean same = template.port() == known.port()
                && template.host().equals(known.host())
                && template.scheme().equals(known.scheme());
        return same || endpoints.owns(Origin.of(template));
    }

    /** An endpoint's origin as an address, without reading it anew at each attempt. */
    URI origin(URI endpoint) {
        return parsed(endpoint).origin();
    }

    private Parsed parsed(URI endpoint) {
        return known.computeIfAbsent(endpoint, each -> {
            HttpUrl url = HttpUrl.get(each.toString());
            return new Parsed(url, Origin.of(url).uri());
        });
    }

    private HttpUrl under(URI endpoint, HttpUrl template) {
        HttpUrl base = parsed(endpoint).url();
        String prefix = base.encodedPath();
        String path = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        if (path.isEmpty()) {
            return template.newBuilder()
                    .scheme(base.scheme())
                    .host(base.host())
                    .port(base.port())
                    .build();
        }
        return base.newBuilder()
                .encodedPath(path + template.encodedPath())
                .encodedQuery(template.encodedQuery())
                .fragment(null)
                .build();
    }
}
