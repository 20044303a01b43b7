package io.trunkline.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trunkline.auth.Macs;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.value.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sealed envelopes of WeChat, WeCom, DingTalk and Feishu. */
final class EnvelopeTest {

    private static final String ENCODING_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    private static final byte[] KEY = Base64.getDecoder().decode(ENCODING_KEY + "=");
    private static final CallbackCipher CIPHER =
            new CallbackCipher(Secret.of("token"), Secret.of(ENCODING_KEY), "corp");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 11, 12, 13, 31, 32, 33, 100, 4_000})
    void seal_textOfAnyLength_opensToTheSame(int length) {
        String text = "\u4f60".repeat(length / 3) + "x".repeat(length % 3);

        assertEquals(text, CIPHER.open(CIPHER.seal(text)));
        assertNotEquals(CIPHER.seal(text), CIPHER.seal(text));
    }

    @Test
    void T27_envelopeForAnotherReceiver_isRefused() {
        CallbackCipher other = new CallbackCipher(Secret.of("token"), Secret.of(ENCODING_KEY), "corp2");
        CallbackCipher longer = new CallbackCipher(Secret.of("token"), Secret.of(ENCODING_KEY), "cor");

        assertThrows(ForgedWebhookException.class, () -> CIPHER.open(other.seal("x")));
        assertThrows(ForgedWebhookException.class, () -> CIPHER.open(longer.seal("x")));
    }

    @Test
    void T27_wrongLengthField_isRefused() throws Exception {
        for (int length : new int[] {-1, Integer.MIN_VALUE, 6, 7, 1_000, Integer.MAX_VALUE}) {
            byte[] plain = ByteBuffer.allocate(32)
                    .put(new byte[16])
                    .putInt(length)
                    .put("xcorp".getBytes(StandardCharsets.US_ASCII))
                    .array();
            String sealed = crypt(padded(Arrays.copyOf(plain, 25), 7));
            assertThrows(ForgedWebhookException.class, () -> CIPHER.open(sealed), "length " + length);
        }
    }

    @Test
    void T27_wrongPadding_isRefused() throws Exception {
        for (int padding : new int[] {0, 33, 100, 127, -1, -128}) {
            String sealed = crypt(padded(new byte[31], padding));
            assertThrows(ForgedWebhookException.class, () -> CIPHER.open(sealed), "padding " + padding);
        }
    }

    @Test
    void T27_anythingElse_givesOneUniformError() {
        Set<String> messages = new HashSet<>();
        String sealed = CIPHER.seal("hello");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (String text :
                List.of("", "A", "====", "!!!!", "AAAA", "\u4f60", sealed + "A", sealed.substring(4), " " + sealed)) {
            messages.add(assertThrows(ForgedWebhookException.class, () -> CIPHER.open(text))
                    .getMessage());
        }
        for (int i = 0; i < 5_000; i++) {
            byte[] noise = new byte[random.nextInt(12) * 8];
            random.nextBytes(noise);
            String text = Base64.getEncoder().encodeToString(noise);
            messages.add(assertThrows(ForgedWebhookException.class, () -> CIPHER.open(text), "seed " + seed)
                    .getMessage());
        }

        assertEquals(1, messages.size(), messages::toString);
    }

    @Test
    void T27_everyBitOfAnEnvelope_changesTheSignature() {
        String sealed = CIPHER.seal("hello");
        String signature = CIPHER.signature("1", "n", sealed);
        CIPHER.verify(signature, "1", "n", sealed);

        for (int bit = 0; bit < sealed.length() * 7; bit++) {
            char[] characters = sealed.toCharArray();
            characters[bit / 7] ^= (char) (1 << bit % 7);
            String other = new String(characters);
            assertThrows(ForgedWebhookException.class, () -> CIPHER.verify(signature, "1", "n", other));
        }
        assertThrows(ForgedWebhookException.class, () -> CIPHER.verify(signature, "n", "2", sealed));
        assertThrows(ForgedWebhookException.class, () -> CIPHER.verify("", "1", "n", sealed));
    }

    @Test
    void T27_echoOfAForeigner_isRefused() {
        CallbackCipher foreigner = new CallbackCipher(
                Secret.of("token"), Secret.of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"), "corp");
        String echo = Canary.text();

        Leaks.saw(assertThrows(ForgedWebhookException.class, () -> CIPHER.open(foreigner.seal(echo))));
    }

    @Test
    void feishu_otherKeyCutOrShort_isRefused() throws Exception {
        Secret key = Secret.of("feishu key");
        String sealed = feishu(key, "{\"challenge\":\"x\"}");
        FeishuCipher cipher = new FeishuCipher(key);
        assertEquals("{\"challenge\":\"x\"}", cipher.open(sealed));

        byte[] bytes = Base64.getDecoder().decode(sealed);
        for (int length = 0; length < bytes.length; length++) {
            String cut = Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, length));
            assertThrows(ForgedWebhookException.class, () -> cipher.open(cut), "length " + length);
        }
        assertThrows(ForgedWebhookException.class, () -> cipher.open("not base64"));
        assertThrows(ForgedWebhookException.class, () -> new FeishuCipher(Secret.of("other")).open(sealed));
    }

    private static String feishu(Secret key, String text) throws Exception {
        byte[] vector = new byte[16];
        new Random(1).nextBytes(vector);
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        byte[] digest = Macs.digest("SHA-256", key.bytes());
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(digest, "AES"), new IvParameterSpec(vector));
        byte[] sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
        byte[] all = Arrays.copyOf(vector, 16 + sealed.length);
        System.arraycopy(sealed, 0, all, 16, sealed.length);
        return Base64.getEncoder().encodeToString(all);
    }

    private static byte[] padded(byte[] plain, int padding) {
        byte[] all = Arrays.copyOf(plain, 32);
        Arrays.fill(all, plain.length, 32, (byte) padding);
        return all;
    }

    private static String crypt(byte[] plain) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new IvParameterSpec(KEY, 0, 16));
        return Base64.getEncoder().encodeToString(cipher.doFinal(plain));
    }
}
