package io.trunkline.auth;

import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.value.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Tokens in a store. */
final class VaultStorage {

    private static final Secret NONE = Secret.of("none");
    private static final String CONFIGURED = "configured";

    private final Values values;

    VaultStorage(Store store) {
        this.values = store.values("tokens");
    }

    Optional<VaultEntry> read(TokenKey key) {
        return values.get(key.text()).map(stored -> StoredToken.read(stored.value(), stored.version()));
    }

    boolean save(TokenKey key, AccessToken token, long expectedVersion) {
        return write(key, StoredToken.write(token, false), expectedVersion);
    }

    /** Notes that the server has refused for good what there was, and with which settings it was asked. */
    void bury(TokenKey key, Optional<VaultEntry> used, String configured, Instant now) {
        AccessToken last = used.map(VaultEntry::token).orElse(new AccessToken(NONE, null, now, now, Map.of()));
        AccessToken dead = new AccessToken(
                last.access(),
                last.refreshToken(),
                last.obtainedAt(),
                last.expiresAt(),
                Map.of(CONFIGURED, configured));
        write(key, StoredToken.write(dead, true), used.map(VaultEntry::version).orElse(0L));
    }

    /** Whether an entry was buried under these settings. */
    boolean isFor(VaultEntry dead, String configured) {
        return configured.equals(dead.token().extra().get(CONFIGURED));
    }

    private boolean write(TokenKey key, byte[] document, long expectedVersion) {
        return values.put(key.text(), document, expectedVersion, null);
    }
}
