package io.trunkline.store;

import io.trunkline.value.Secret;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC of place and word under each key. */
final class HmacIndex implements BlindIndex {

    private static final String ALGORITHM = "HmacSHA256";

    private final List<SecretKeySpec> keys;

    HmacIndex(List<Secret> keys) {
        this.keys = keys.stream()
                .map(AesGcmCipher::key)
                .map(bytes -> new SecretKeySpec(bytes, ALGORITHM))
                .toList();
        if (this.keys.isEmpty()) {
            throw new IllegalArgumentException("keys are required, but there was none");
        }
    }

    @Override
    public List<String> hashes(String place, String word) {
        byte[] input = Seal.place(place, word);
        return keys.stream().map(key -> hash(key, input)).toList();
    }

    private static String hash(SecretKeySpec key, byte[] input) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(input));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
