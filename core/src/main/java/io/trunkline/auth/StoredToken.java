package io.trunkline.auth;

import io.trunkline.mapping.Json;
import io.trunkline.mapping.JsonCodec;
import io.trunkline.value.Secret;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form that a token has in the store. */
final class StoredToken {

    /**
     * The stored document.
     *
     * @param access the token
     * @param refresh the refresh token
     * @param obtained when, ISO 8601
     * @param expires when it ends, ISO 8601
     * @param extra other texts of the answer
     * @param dead whether the server has refused it for good
     */
    public record Document(
            @Nullable String access,
            @Nullable String refresh,
            @Nullable String obtained,
            @Nullable String expires,
            @Nullable Map<String, String> extra,
            @Nullable Boolean dead) {}

    private static final JsonCodec<Document> CODEC = Json.codec(Document.class);

    private StoredToken() {}

    static byte[] write(AccessToken token, boolean dead) {
        Instant expires = token.expiresAt();
        return CODEC.write(new Document(
                token.access().reveal(),
                token.refresh().map(Secret::reveal).orElse(null),
                token.obtainedAt().toString(),
                expires == null ? null : expires.toString(),
                token.extra(),
                dead));
    }

    static VaultEntry read(byte[] bytes, long version) {
        Document document = CODEC.read(bytes);
        String access = document.access();
        String obtained = document.obtained();
        if (access == null || obtained == null) {
            throw new IllegalStateException("the stored token is not one of this library's");
        }
        String refresh = document.refresh();
        String expires = document.expires();
        Map<String, String> extra = document.extra();
        AccessToken token = new AccessToken(
                Secret.of(access),
                refresh == null ? null : Secret.of(refresh),
                Instant.parse(obtained),
                expires == null ? null : Instant.parse(expires),
                extra == null ? Map.of() : extra);
        return new VaultEntry(token, version, Boolean.TRUE.equals(document.dead()));
    }
}
