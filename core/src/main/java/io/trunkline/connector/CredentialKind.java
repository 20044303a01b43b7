package io.trunkline.connector;

/** A way of proving who calls. */
public enum CredentialKind {
    /** Nothing to prove: the work is done in this process, or the server asks for nothing. */
    NONE,
    /** A fixed key in a header or in the query. */
    API_KEY,
    /** A name and a password (RFC 7617). */
    BASIC,
    /** A fixed bearer token (RFC 6750). */
    BEARER,
    /** OAuth 2.0 client credentials (RFC 6749, 4.4). */
    OAUTH_CLIENT_CREDENTIALS,
    /** OAuth 2.0 authorization code with PKCE (RFC 7636). */
    OAUTH_AUTHORIZATION_CODE,
    /** OAuth 2.0 with a refresh token that was had before (RFC 6749, 6). */
    OAUTH_REFRESH_TOKEN,
    /** OAuth 2.0 JWT bearer grant (RFC 7523). */
    OAUTH_JWT_BEARER,
    /** A client certificate. */
    MUTUAL_TLS,
    /** A signature over each request. */
    REQUEST_SIGNATURE
}
