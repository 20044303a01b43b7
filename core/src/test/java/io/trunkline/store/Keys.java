package io.trunkline.store;

import io.trunkline.value.Secret;
import java.util.Arrays;
import java.util.Base64;

/** Keys of the tests. */
final class Keys {

    private Keys() {}

    /** A cipher with a key that is known by its number. */
    static DataCipher cipher(int number) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) number);
        return DataCipher.aesGcm(Secret.of(Base64.getEncoder().encodeToString(key)));
    }
}
