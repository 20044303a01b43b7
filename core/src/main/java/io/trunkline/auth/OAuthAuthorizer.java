package io.trunkline.auth;

import io.trunkline.http.Authorizer;
import io.trunkline.http.OutgoingRequest;

/** Puts a token of the vault on each request, and asks for another when the platform refuses it. */
public final class OAuthAuthorizer implements Authorizer {

    private final TokenVault vault;
    private final TokenKey key;
    private final TokenSource source;

    /**
     * An authorizer of one account.
     *
     * @param vault keeps the token
     * @param key whose it is
     * @param source where a new one is had
     */
    public OAuthAuthorizer(TokenVault vault, TokenKey key, TokenSource source) {
        this.vault = vault;
        this.key = key;
        this.source = source;
    }

    /** Adds {@code Authorization: Bearer}. */
    @Override
    public void authorize(OutgoingRequest request) {
        AccessToken token = vault.token(key, source, request.deadline());
        request.header("Authorization", "Bearer " + token.access().reveal());
        request.mark(token);
    }

    /** Whether another token is at hand or may be asked for. */
    @Override
    public boolean refused(OutgoingRequest refused) {
        return refused.mark()
                .filter(AccessToken.class::isInstance)
                .map(AccessToken.class::cast)
                .map(token -> vault.refused(key, token))
                .orElse(false);
    }
}
