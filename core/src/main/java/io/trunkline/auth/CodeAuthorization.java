package io.trunkline.auth;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.store.Versioned;
import io.trunkline.value.Deadline;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.HttpUrl;

/**
 * A person's authorization by code with PKCE: gives the address to send the person to, and takes the token that the
 * person's return brings into the vault. A state is good once, for ten minutes, and only for the account that it was
 * made for.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7636">RFC 7636</a>
 */
public final class CodeAuthorization {

    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final OAuthServer server;
    private final URI authorizeEndpoint;
    private final URI redirect;
    private final TokenVault vault;
    private final Values states;
    private final TimeSource time;
    private final SecureRandom random = new SecureRandom();

    /**
     * An authorization at a server.
     *
     * @param server its token endpoint
     * @param authorizeEndpoint the page a person is sent to
     * @param redirect where the person comes back to, as registered at the platform
     * @param vault where the token goes
     * @param store where states wait, shared by the nodes that may see the person come back
     * @param time the clock
     */
    public CodeAuthorization(
            OAuthServer server, URI authorizeEndpoint, URI redirect, TokenVault vault, Store store, TimeSource time) {
        this.server = server;
        this.authorizeEndpoint = authorizeEndpoint;
        this.redirect = redirect;
        this.vault = vault;
        this.states = store.values("oauth-states");
        this.time = time;
    }

    /** The address to send a person to, so that the account of the key is authorised. */
    public URI begin(TokenKey key) {
        String state = token(32);
        String verifier = token(64);
        byte[] kept = (key.text() + " " + verifier).getBytes(StandardCharsets.UTF_8);
        states.claim(Macs.sha256Hex(state), kept, time.now().plus(LIFE));
        HttpUrl.Builder url = HttpUrl.get(authorizeEndpoint.toString())
                .newBuilder()
                .addQueryParameter("response_type", "code")
                .addQueryParameter("client_id", server.clientId())
                .addQueryParameter("redirect_uri", redirect.toString())
                .addQueryParameter("state", state)
                .addQueryParameter("code_challenge", challenge(verifier))
                .addQueryParameter("code_challenge_method", "S256");
        if (!key.scopes().isEmpty()) {
            url.addQueryParameter("scope", String.join(" ", new TreeSet<>(key.scopes())));
        }
        return url.build().uri();
    }

    /**
     * Takes what the person's return brings: exchanges the code and puts the token into the vault.
     *
     * @param key the account that was to be authorised
     * @param state the {@code state} that came back
     * @param code the {@code code} that came back
     * @param deadline when it must be done
     * @throws SecurityPolicyException if the state is unknown, used, too old, or of another account
     * @throws io.trunkline.error.ConnectorException if the server refuses the code or cannot be asked
     */
    public void complete(TokenKey key, String state, String code, Deadline deadline) {
        String verifier = verifier(key, state);
        Map<String, String> grant = OAuthGrants.grant("authorization_code", Set.of());
        grant.put("code", code);
        grant.put("redirect_uri", redirect.toString());
        grant.put("code_verifier", verifier);
        vault.put(key, server.once(grant, null, deadline));
    }

    static String challenge(String verifier) {
        return URL.encodeToString(Macs.sha256(verifier));
    }

    private String verifier(TokenKey key, String state) {
        String stateKey = Macs.sha256Hex(state);
        Optional<Versioned> kept = states.get(stateKey);
        if (kept.isEmpty() || !states.delete(stateKey, kept.get().version())) {
            throw foreign(key);
        }
        String[] parts = new String(kept.get().value(), StandardCharsets.UTF_8).split(" ", 2);
        if (!parts[0].equals(key.text())) {
            throw foreign(key);
        }
        return parts[1];
    }

    private String token(int bytes) {
        byte[] token = new byte[bytes];
        random.nextBytes(token);
        return URL.encodeToString(token);
    }

    private static SecurityPolicyException foreign(TokenKey key) {
        return new SecurityPolicyException(
                "the state that came back is not one that this connection waits for; begin the authorization again",
                ErrorContext.of(key.connection(), "oauth.authorize", ErrorKind.SECURITY),
                null);
    }
}
