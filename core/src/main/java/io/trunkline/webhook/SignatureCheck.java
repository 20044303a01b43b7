package io.trunkline.webhook;

import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Comparing signatures and time stamps so that nothing leaks and nothing slips through. */
public final class SignatureCheck {

    /** Most signatures of one request that are looked at. */
    public static final int MOST_CANDIDATES = 16;

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private SignatureCheck() {}

    /** Whether two signatures are the same; takes the same time wherever they differ. */
    public static boolean same(byte[] expected, byte[] received) {
        return MessageDigest.isEqual(expected, received);
    }

    /** The bytes of a lower- or upper-case hexadecimal text; empty if it is none. */
    public static Optional<byte[]> hex(String text) {
        try {
            return Optional.of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The bytes of a padded Base64 text; empty if it is none. */
    public static Optional<byte[]> base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether a time stamp in seconds lies within five minutes, before or after. */
    public static boolean freshSeconds(String timestamp, Instant now) {
        return SECONDS.matcher(timestamp).matches() && fresh(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
    }

    /** Whether a time stamp in milliseconds lies within five minutes, before or after. */
    public static boolean freshMillis(String timestamp, Instant now) {
        boolean form = timestamp.length() == 13 && timestamp.chars().allMatch(c -> c >= '0' && c <= '9');
        return form && fresh(Instant.ofEpochMilli(Long.parseLong(timestamp)), now);
    }

    /** Whether a time in ISO 8601 lies within five minutes of now. */
    public static boolean freshIso(String timestamp, Instant now) {
        try {
            return timestamp.length() <= 40 && fresh(Instant.parse(timestamp), now);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean fresh(Instant sent, Instant now) {
        return Duration.between(sent, now).abs().compareTo(TOLERANCE) <= 0;
    }
}
