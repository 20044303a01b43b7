package io.trunkline.store;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What names, keys and values of a store must look like, the same in every form. */
final class StoreNames {

    static final int LONGEST_KEY = 512;
    static final int LARGEST_VALUE = 2 << 20;

    /** The order of the bytes in UTF-8, which databases sort by; the JDK's own differs beyond the first plane. */
    static final Comparator<String> ORDER = (first, second) -> {
        int at = 0;
        int end = Math.min(first.length(), second.length());
        while (at < end && first.charAt(at) == second.charAt(at)) {
            at++;
        }
        boolean prefix = at == end;
        return prefix
                ? Integer.compare(first.length(), second.length())
                : Integer.compare(rank(first.charAt(at)), rank(second.charAt(at)));
    };

    private static final int LONGEST_REASON = 2_000;
    private static final int LONGEST_SEALED_REASON = 8_400;
    private static final int LARGEST_PAGE = 1_000;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{0,63}");

    private StoreNames() {}

    static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name must be lower-case words with hyphens and dots, at most 64");
        }
        return name;
    }

    static String key(String key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("key must have 1 to " + LONGEST_KEY + " characters");
        }
        return prefix(key);
    }

    static String prefix(String prefix) {
        if (prefix.length() > LONGEST_KEY || !prefix.codePoints().allMatch(StoreNames::storable)) {
            throw new IllegalArgumentException(
                    "key must have at most " + LONGEST_KEY + " characters, none of them half a character or zero");
        }
        return prefix;
    }

    static @Nullable String dedupeId(@Nullable String id) {
        return id == null ? null : key(id);
    }

    static byte[] value(byte[] value) {
        if (value.length > LARGEST_VALUE) {
            throw new IllegalArgumentException("value must have at most " + LARGEST_VALUE + " bytes");
        }
        return value.clone();
    }

    /** As {@link #value}, with room for what sealing adds. */
    static byte[] sealable(byte[] value) {
        if (value.length > LARGEST_VALUE - SealedStore.ROOM) {
            throw new IllegalArgumentException(
                    "value must have at most " + (LARGEST_VALUE - SealedStore.ROOM) + " bytes in a sealed store");
        }
        return value;
    }

    static int limit(int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("limit must be 1 to " + LARGEST_PAGE);
        }
        return limit;
    }

    /** A reason is for people: what cannot be stored of it is replaced. A sealed one was cut before it was sealed. */
    static String reason(String reason) {
        int longest = reason.startsWith(Seal.MARK) ? LONGEST_SEALED_REASON : LONGEST_REASON;
        String cut = reason.length() > longest ? reason.substring(0, longest) : reason;
        StringBuilder text = new StringBuilder();
        cut.codePoints().forEach(character -> text.appendCodePoint(storable(character) ? character : '?'));
        return text.toString();
    }

    /** Milliseconds since 1970; what lies beyond all of them is for ever. */
    static long millis(Instant instant) {
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException e) {
            return instant.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
    }

    /** The instant as every form keeps it. */
    static Instant kept(Instant instant) {
        return Instant.ofEpochMilli(millis(instant));
    }

    /** So long after an instant; what lies beyond all time is its end. */
    static Instant after(Instant instant, Duration time) {
        try {
            return kept(instant.plus(time));
        } catch (DateTimeException | ArithmeticException e) {
            return kept(time.isNegative() ? Instant.MIN : Instant.MAX);
        }
    }

    private static boolean storable(int character) {
        return character != 0 && (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE);
    }

    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
