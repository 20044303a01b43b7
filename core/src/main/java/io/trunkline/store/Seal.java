package io.trunkline.store;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.SecurityPolicyException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a sealed store is sealed with: a cipher for contents, and a key that makes names unreadable but always the same. That
 * key is made by chance when a store is first sealed and lies in it, itself sealed: so it stays when the cipher's keys are
 * replaced, and a wrong cipher is noticed at once.
 */
final class Seal {

    /** The space that is not sealed. */
    static final String SPACE = "trunkline-seal";

    /** What a sealed reason begins with. */
    static final String MARK = "sealed:";

    private static final String KEY = "names";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int HIDDEN_LENGTH = 44;

    private final DataCipher cipher;
    private final SecretKeySpec names;

    private Seal(DataCipher cipher, byte[] names) {
        this.cipher = cipher;
        this.names = new SecretKeySpec(names, ALGORITHM);
    }

    /** The seal of a store; empty if it has none yet. */
    static Optional<Seal> of(Store store, DataCipher cipher) {
        return store.values(SPACE)
                .get(KEY)
                .map(stored -> new Seal(cipher, cipher.open(stored.value(), place(SPACE, KEY))));
    }

    /** Puts a seal on a store; of several nodes that try, one's counts. */
    static Seal put(Store store, DataCipher cipher) {
        byte[] fresh = new byte[32];
        new SecureRandom().nextBytes(fresh);
        store.values(SPACE).put(KEY, cipher.seal(fresh, place(SPACE, KEY)), Values.ABSENT, null);
        return of(store, cipher).orElseThrow();
    }

    /** Seals the key of names with what is now the cipher's newest key. */
    static void renew(Store store, DataCipher cipher) {
        Values values = store.values(SPACE);
        values.get(KEY).ifPresent(stored -> {
            byte[] key = cipher.open(stored.value(), place(SPACE, KEY));
            values.put(KEY, cipher.seal(key, place(SPACE, KEY)), stored.version(), null);
        });
    }

    /** A name that tells nothing of what it stands for: the same for the same kind, room and name. */
    String hidden(String kind, String room, String name) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(names);
            byte[] hash = mac.doFinal(place(kind, room, name));
            return "~" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** Whether a name is one that a seal has made. */
    static boolean isHidden(String name) {
        return name.length() == HIDDEN_LENGTH && name.charAt(0) == '~';
    }

    /** Seals a name and the content that belongs to it. */
    byte[] seal(Named plain, String... place) {
        byte[] name = plain.name().getBytes(StandardCharsets.UTF_8);
        byte[] both = ByteBuffer.allocate(Integer.BYTES + name.length + plain.content().length)
                .putInt(name.length)
                .put(name)
                .put(plain.content())
                .array();
        return cipher.seal(both, place(place));
    }

    Named open(byte[] sealed, String... place) {
        ByteBuffer both = ByteBuffer.wrap(cipher.open(sealed, place(place)));
        byte[] name = new byte[both.getInt()];
        both.get(name);
        byte[] content = new byte[both.remaining()];
        both.get(content);
        return new Named(new String(name, StandardCharsets.UTF_8), content);
    }

    /** Seals a reason; one that says nothing stays as it is. */
    String sealReason(String reason, String... place) {
        byte[] plain = StoreNames.reason(reason).getBytes(StandardCharsets.UTF_8);
        return plain.length == 0
                ? ""
                : MARK + Base64.getEncoder().withoutPadding().encodeToString(cipher.seal(plain, place(place)));
    }

    String openReason(String sealed, String... place) {
        if (sealed.isEmpty()) {
            return sealed;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(sealed.substring(MARK.length()));
            return new String(cipher.open(bytes, place(place)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw unreadable();
        }
    }

    static SecurityPolicyException unreadable() {
        return new SecurityPolicyException(
                "a stored value cannot be opened with the keys there are; configure the key that it was sealed with",
                ErrorContext.of("store", "open", ErrorKind.SECURITY),
                null);
    }

    /** Lengths are part of it, so that no two places have the same bytes. */
    static byte[] place(String... parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            text.append(part.length()).append(':').append(part);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A content with the name under which the application knows it.
     *
     * @param name key or entity
     * @param content the bytes
     */
    record Named(String name, byte[] content) {}
}
