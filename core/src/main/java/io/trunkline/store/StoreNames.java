package io.trunkline.store;

import java.util.regex.Pattern;

/** What names, keys and values of a store must look like, the same in every form. */
final class StoreNames {

    static final int LONGEST_KEY = 512;
    static final int LARGEST_VALUE = 2 << 20;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{0,63}");

    private StoreNames() {}

    static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name must be lower-case words with hyphens and dots, at most 64");
        }
        return name;
    }

    static String key(String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY || key.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("key must have 1 to " + LONGEST_KEY + " characters");
        }
        return key;
    }

    static byte[] value(byte[] value) {
        if (value.length > LARGEST_VALUE) {
            throw new IllegalArgumentException("value must have at most " + LARGEST_VALUE + " bytes");
        }
        return value.clone();
    }
}
