package io.trunkline.crm.salesforce;

import io.trunkline.auth.ClientAuthentication;
import io.trunkline.auth.JwtSigner;
import io.trunkline.auth.OAuthAuthorizer;
import io.trunkline.auth.OAuthGrants;
import io.trunkline.auth.OAuthServer;
import io.trunkline.auth.PrivateKeys;
import io.trunkline.auth.TokenKey;
import io.trunkline.auth.TokenSource;
import io.trunkline.auth.TokenVault;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.connector.Setting;
import io.trunkline.http.Authorizer;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** The OAuth 2.0 flows that Salesforce offers to integrations. Tokens come from the org's own domain. */
public enum SalesforceFlow {
    /** The app's own integration user. */
    CLIENT_CREDENTIALS,
    /** A user for whom the app is pre-authorised, by an assertion signed with RS256. */
    JWT_BEARER,
    /** A user who has authorised the app once. */
    REFRESH_TOKEN;

    Authorizer authorizer(ConnectorSettings settings, ConnectorRuntime runtime) {
        URI endpoint = settings.get(Salesforce.MY_DOMAIN).resolve("/services/oauth2/token");
        OAuthServer server =
                new OAuthServer(runtime.connection(), endpoint, client(settings), runtime.http(), runtime.time());
        String account = settings.find(Salesforce.USERNAME).orElse(server.clientId());
        TokenKey key = new TokenKey(runtime.connection(), account, Set.of(), server.origin());
        TokenVault vault = new TokenVault(runtime.store(), runtime.time());
        return new OAuthAuthorizer(vault, key, source(server, settings, runtime));
    }

    /** The settings that this flow cannot do without. */
    List<Setting<?>> needs() {
        return switch (this) {
            case CLIENT_CREDENTIALS -> List.of(Salesforce.CLIENT_SECRET);
            case JWT_BEARER -> List.of(Salesforce.USERNAME, Salesforce.PRIVATE_KEY);
            case REFRESH_TOKEN -> List.of();
        };
    }

    private ClientAuthentication client(ConnectorSettings settings) {
        String id = settings.get(Salesforce.CLIENT_ID);
        return switch (this) {
            case CLIENT_CREDENTIALS -> ClientAuthentication.post(id, settings.get(Salesforce.CLIENT_SECRET));
            case JWT_BEARER -> ClientAuthentication.assertionOnly(id);
            case REFRESH_TOKEN ->
                settings.find(Salesforce.CLIENT_SECRET)
                        .map(secret -> ClientAuthentication.post(id, secret))
                        .orElseGet(() -> ClientAuthentication.none(id));
        };
    }

    private TokenSource source(OAuthServer server, ConnectorSettings settings, ConnectorRuntime runtime) {
        return switch (this) {
            case CLIENT_CREDENTIALS -> OAuthGrants.clientCredentials(server, Set.of());
            case JWT_BEARER ->
                OAuthGrants.jwtBearer(
                        server,
                        new JwtSigner(PrivateKeys.pem(settings.get(Salesforce.PRIVATE_KEY))),
                        settings.get(Salesforce.USERNAME),
                        audience(settings),
                        runtime.time());
            case REFRESH_TOKEN ->
                OAuthGrants.refreshToken(
                        server, settings.find(Salesforce.REFRESH_TOKEN).orElse(null));
        };
    }

    /** The platform compares the audience letter by letter; that of a sandbox, whose name shows it, is the test host. */
    private static String audience(ConnectorSettings settings) {
        String host = settings.get(Salesforce.MY_DOMAIN).getHost();
        boolean sandbox = host.contains("--") || host.contains(".sandbox.");
        return settings.find(Salesforce.AUDIENCE)
                .map(audience -> audience.toString().replaceAll("/$", ""))
                .orElse(sandbox ? "https://test.salesforce.com" : "https://login.salesforce.com");
    }
}
