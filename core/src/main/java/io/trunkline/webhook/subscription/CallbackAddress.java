package io.trunkline.webhook.subscription;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** An address that a platform may call, in the one form in which two of them are compared. */
record CallbackAddress(String text) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** The address, or IllegalArgumentException; the message does not repeat it, because it may hold a token. */
    static CallbackAddress checked(URI address) {
        String host = address.getHost();
        if (host == null || address.getRawUserInfo() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException("a callback address needs a host, and neither a user nor a fragment");
        }
        boolean secure = "https".equalsIgnoreCase(address.getScheme());
        boolean local = "http".equalsIgnoreCase(address.getScheme()) && LOOPBACK.contains(lower(host));
        if (!secure && !local) {
            throw new IllegalArgumentException("a callback address must begin with https://");
        }
        return of(address);
    }

    static CallbackAddress of(URI address) {
        String scheme = lower(String.valueOf(address.getScheme()));
        boolean standard = address.getPort() == ("https".equals(scheme) ? 443 : 80);
        String port = address.getPort() < 0 || standard ? "" : ":" + address.getPort();
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return new CallbackAddress(scheme + "://" + lower(String.valueOf(address.getHost())) + port + path + query);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
