package io.trunkline.checks;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Secrets and personal data made for tests, each of which must turn up in no log line, exception or printed value.
 * {@link Leaks} searches for them after each test.
 */
public final class Canary {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<String> PLANTED = ConcurrentHashMap.newKeySet();

    private Canary() {}

    /** A secret that occurs nowhere else. */
    public static String secret() {
        byte[] bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return plant("canary" + HexFormat.of().formatHex(bytes));
    }

    /** A person's mail address that occurs nowhere else. */
    public static String email() {
        return plant("ca" + Integer.toHexString(RANDOM.nextInt(0x1000000) + 0x1000000) + "@example.test");
    }

    /** A telephone number that occurs nowhere else, of the range that is kept for fiction. */
    public static String phone() {
        return plant("+447700" + (900100 + RANDOM.nextInt(800)));
    }

    /** A text that stands for a name, an address or a message. */
    public static String text() {
        return plant("Canaria " + Long.toHexString(RANDOM.nextLong() | Long.MIN_VALUE));
    }

    /** Makes any text a canary. */
    public static String plant(String text) {
        PLANTED.add(text);
        return text;
    }

    static void clear() {
        PLANTED.clear();
    }

    /** The form in which a canary stands in a text, or empty if none does. */
    static String foundIn(String text) {
        for (String canary : PLANTED) {
            for (String form : forms(canary)) {
                if (text.contains(form)) {
                    return form;
                }
            }
        }
        return "";
    }

    private static Set<String> forms(String canary) {
        byte[] bytes = canary.getBytes(StandardCharsets.UTF_8);
        return Set.copyOf(List.of(
                canary,
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                HexFormat.of().formatHex(bytes),
                URLEncoder.encode(canary, StandardCharsets.UTF_8)));
    }
}
