package io.trunkline.http;

import io.trunkline.value.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/** Name and password for the proxy, which never go on to the platform; without them a proxy that asks is a failure. */
final class ProxyCredential implements Authenticator {

    private static final String HEADER = "Proxy-Authorization";

    private final @Nullable String header;

    private ProxyCredential(@Nullable String header) {
        this.header = header;
    }

    static ProxyCredential none() {
        return new ProxyCredential(null);
    }

    static ProxyCredential basic(String user, Secret password) {
        return new ProxyCredential(Credentials.basic(user, password.reveal(), StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable Request authenticate(@Nullable Route route, Response response) throws IOException {
        if (header == null && unasked(response)) {
            return null;
        }
        if (header == null || response.request().header(HEADER) != null) {
            throw new RefusedException();
        }
        return response.request().newBuilder().header(HEADER, header).build();
    }

    /** OkHttp asks for a credential once before it has spoken to the proxy at all. */
    private static boolean unasked(Response response) {
        return response.challenges().stream()
                .anyMatch(challenge -> challenge.scheme().equalsIgnoreCase("OkHttp-Preemptive"));
    }

    /** The proxy does not let this side through. */
    static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        RefusedException() {
            super("the proxy refused");
        }
    }
}
