package io.trunkline.encryption;

import com.google.crypto.tink.Aead;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.store.DataCipher;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Set;

/** A cipher with replaceable keys: seals with the key in use and opens with any of the keyset. Thread-safe. */
public final class TinkCipher implements DataCipher {

    /** What Tink puts before what it seals: a byte of its own and the key's number. */
    private static final int PREFIX = 5;

    private static final byte TINK = 1;

    private final Aead aead;
    private final Set<Integer> numbers;

    private TinkCipher(Keyset keyset) {
        this.aead = keyset.primitive(Aead.class, "seal");
        this.numbers = Set.copyOf(keyset.numbers());
    }

    /**
     * A cipher with the keys of a source, which is asked once.
     *
     * @throws io.trunkline.error.ConfigurationException if it gives no keyset to seal with
     */
    public static TinkCipher of(KeySource source) {
        return of(Keyset.read(source));
    }

    /**
     * A cipher with given keys.
     *
     * @throws io.trunkline.error.ConfigurationException if they are not to seal with
     */
    public static TinkCipher of(Keyset keyset) {
        return new TinkCipher(keyset);
    }

    @Override
    public byte[] seal(byte[] plain, byte[] place) {
        try {
            return aead.encrypt(plain, place);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a value cannot be sealed", e);
        }
    }

    @Override
    public byte[] open(byte[] sealed, byte[] place) {
        try {
            return aead.decrypt(sealed, place);
        } catch (GeneralSecurityException e) {
            throw refused(sealed);
        }
    }

    /** A key that is missing can be put back; a value that was changed or moved cannot be mended. */
    private SecurityPolicyException refused(byte[] sealed) {
        boolean numbered = sealed.length > PREFIX && sealed[0] == TINK;
        int number = numbered ? ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt() : 0;
        String message = numbered && !numbers.contains(number)
                ? "a stored value was sealed with key " + Keyset.name(number)
                        + ", which is not in the keyset; put that key back"
                : "a stored value was changed, or moved from another place; restore it from a backup";
        return new SecurityPolicyException(message, ErrorContext.of("store", "open", ErrorKind.SECURITY), null);
    }
}
