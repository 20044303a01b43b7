/**
 * Credentials: keys, passwords and bearer tokens, OAuth 2.0 with a token vault that cannot lose a rotated refresh token,
 * signatures over requests, and client certificates. All of them are {@link io.trunkline.http.Authorizer}s, so a
 * credential is only ever put on requests to its own origin.
 */
@NullMarked
package io.trunkline.auth;

import org.jspecify.annotations.NullMarked;
