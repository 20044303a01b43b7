package io.trunkline.encryption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.SecurityPolicyException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ciphers and their keys. The primitives themselves are Tink's and are tested there. */
final class TinkCipherTest {

    private static final byte[] PLACE = bytes("space/key");

    @Test
    void S5_everyBitChanged_isRefused() {
        TinkCipher cipher = TinkCipher.of(Keyset.forData());
        byte[] plain = bytes(Canary.text());
        byte[] sealed = cipher.seal(plain, PLACE);
        assertFalse(text(sealed).contains(text(plain)));

        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            Leaks.saw(assertThrows(SecurityPolicyException.class, () -> cipher.open(changed, PLACE), "bit " + bit));
        }
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThrows(SecurityPolicyException.class, () -> cipher.open(cut, PLACE), "length " + length);
        }
        assertArrayEquals(plain, cipher.open(sealed, PLACE));
    }

    @Test
    void S5_everyOtherPlace_isRefused() {
        TinkCipher cipher = TinkCipher.of(Keyset.forData());
        List<byte[]> places = List.of(bytes(""), bytes("a"), bytes("b"), bytes("ab"), bytes("a\0"), PLACE);
        List<byte[]> sealed =
                places.stream().map(place -> cipher.seal(bytes("x"), place)).toList();

        for (int from = 0; from < places.size(); from++) {
            for (int to = 0; to < places.size(); to++) {
                byte[] value = sealed.get(from);
                byte[] place = places.get(to);
                if (from == to) {
                    assertArrayEquals(bytes("x"), cipher.open(value, place));
                } else {
                    assertThrows(SecurityPolicyException.class, () -> cipher.open(value, place));
                }
            }
        }
    }

    @Test
    void S5_threeGenerationsOfKeys_areReadableAndTheNewestSeals() {
        Keyset first = Keyset.forData();
        Keyset second = first.withNewKey().promoted();
        Keyset third = second.withNewKey().promoted();
        List<byte[]> sealed = new ArrayList<>();
        for (Keyset keyset : List.of(first, second, third)) {
            sealed.add(TinkCipher.of(keyset).seal(bytes("x"), PLACE));
        }

        sealed.forEach(
                each -> assertArrayEquals(bytes("x"), TinkCipher.of(third).open(each, PLACE)));

        TinkCipher last = TinkCipher.of(third.withoutOldKeys());
        assertArrayEquals(bytes("x"), last.open(sealed.get(2), PLACE));
        for (int old = 0; old < 2; old++) {
            byte[] value = sealed.get(old);
            String number = Keyset.name(third.numbers().get(old));
            SecurityPolicyException thrown = assertThrows(SecurityPolicyException.class, () -> last.open(value, PLACE));
            assertTrue(thrown.getMessage().contains("key " + number), thrown.getMessage());
            assertTrue(thrown.getMessage().contains("put that key back"), thrown.getMessage());
        }
    }

    @Test
    void withNewKey_notPromoted_isKnownBeforeItIsUsed() {
        Keyset first = Keyset.forData();
        Keyset rolledOut = first.withNewKey();

        byte[] sealed = TinkCipher.of(rolledOut).seal(bytes("x"), PLACE);
        byte[] later = TinkCipher.of(rolledOut.promoted()).seal(bytes("y"), PLACE);

        assertArrayEquals(bytes("x"), TinkCipher.of(first).open(sealed, PLACE));
        assertArrayEquals(bytes("y"), TinkCipher.of(rolledOut).open(later, PLACE));
    }

    @Test
    void seal_randomContents_openAsTheyWere() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TinkCipher cipher = TinkCipher.of(Keyset.forData());
        for (int i = 0; i < 200; i++) {
            byte[] plain = new byte[random.nextInt(5_000)];
            byte[] place = new byte[random.nextInt(100)];
            random.nextBytes(plain);
            random.nextBytes(place);

            assertArrayEquals(plain, cipher.open(cipher.seal(plain, place), place), "seed " + seed);
            assertNotEquals(text(cipher.seal(plain, place)), text(cipher.seal(plain, place)));
        }
    }

    @Test
    void of_keysetOfAnotherPurpose_isAConfigurationError() {
        ConfigurationException index =
                assertThrows(ConfigurationException.class, () -> TinkCipher.of(Keyset.forIndex()));
        ConfigurationException data = assertThrows(ConfigurationException.class, () -> TinkIndex.of(Keyset.forData()));

        assertTrue(index.getMessage().contains("the keyset is not one to seal with"), index.getMessage());
        assertTrue(data.getMessage().contains("the keyset is not one to index with"), data.getMessage());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
