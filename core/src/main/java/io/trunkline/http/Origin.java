package io.trunkline.http;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Scheme, host and port in canonical form: what a credential belongs to.
 *
 * @param scheme {@code http} or {@code https}
 * @param host lower-case, IDNA-encoded
 * @param port always explicit
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6454">RFC 6454</a>
 */
public record Origin(String scheme, String host, int port) {

    /** Hosts that are their own canonical form: the tables for the others take a tenth of a second to load. */
    private static final Pattern CANONICAL =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    /**
     * The origin of an address.
     *
     * @throws IllegalArgumentException if the address is not an absolute http or https address
     */
    public static Origin of(URI address) {
        String host = address.getHost();
        boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
        if (web && host != null && CANONICAL.matcher(host).matches() && !host.contains("xn--")) {
            return new Origin(address.getScheme(), host, port(address));
        }
        return parse(address.toString())
                .orElseThrow(() -> new IllegalArgumentException("address must be an absolute http or https address"));
    }

    /** The origin of a text that may be anything; empty unless it is an absolute http or https address. */
    public static Optional<Origin> parse(String text) {
        HttpUrl url = HttpUrl.parse(text);
        return url == null ? Optional.empty() : Optional.of(of(url));
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equals(address.getScheme()) ? 443 : 80;
    }

    static Origin of(HttpUrl url) {
        return new Origin(url.scheme(), url.host(), url.port());
    }

    /** The origin as an address without a path. */
    public URI uri() {
        return URI.create(toString());
    }

    /** Such as {@code https://crm.example:443}. */
    @Override
    public String toString() {
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return scheme + "://" + shown + ":" + port;
    }
}
