package io.trunkline.auth;

import io.trunkline.http.Origin;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose token it is. All parts together: two tenants with one client id never share a token.
 *
 * @param connection the connection's name
 * @param account client, user or tenant at the platform
 * @param scopes what it may do
 * @param origin the authorization server's origin
 */
public record TokenKey(String connection, String account, Set<String> scopes, Origin origin) {

    /** Keeps its own copy of the scopes. */
    public TokenKey {
        scopes = Set.copyOf(scopes);
    }

    /** The key's text in a store; lengths are part of it, so that no two keys have the same. */
    String text() {
        StringBuilder text = new StringBuilder();
        part(text, connection);
        part(text, account);
        part(text, String.join(" ", new TreeSet<>(scopes)));
        part(text, origin.toString());
        return Macs.sha256Hex(text.toString());
    }

    /** The connection alone. */
    @Override
    public String toString() {
        return "TokenKey[" + connection + "]";
    }

    private static void part(StringBuilder text, String part) {
        text.append(part.length()).append(':').append(part);
    }
}
