package io.trunkline.auth;

import io.trunkline.store.Store;
import io.trunkline.store.Values;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tokens in a store, sealed for their key and nothing else. */
final class VaultStorage {

    private final Values values;
    private final TokenCipher cipher;

    VaultStorage(Store store, TokenCipher cipher) {
        this.values = store.values("tokens");
        this.cipher = cipher;
    }

    Optional<VaultEntry> read(TokenKey key) {
        return values.get(key.text())
                .map(stored -> StoredToken.read(cipher.open(stored.value(), context(key)), stored.version()));
    }

    boolean save(TokenKey key, AccessToken token, long expectedVersion) {
        return write(key, StoredToken.write(token, false), expectedVersion);
    }

    void bury(TokenKey key, VaultEntry entry) {
        write(key, StoredToken.write(entry.token(), true), entry.version());
    }

    private boolean write(TokenKey key, byte[] document, long expectedVersion) {
        return values.put(key.text(), cipher.seal(document, context(key)), expectedVersion, null);
    }

    private static byte[] context(TokenKey key) {
        return key.text().getBytes(StandardCharsets.UTF_8);
    }
}
