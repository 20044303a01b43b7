package io.trunkline.sync.blob;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Keys as names that every file system and address takes: no part of a key leads anywhere but into the store. */
final class BlobKey {

    /** Of the name of the checksum beside a blob. */
    static final String NOTE = ".sha256";

    private static final int LONGEST_NAME = 180;
    private static final int LONGEST_KEY = 900;

    private BlobKey() {}

    /**
     * The names of a key's parts.
     *
     * @throws IllegalArgumentException without the key, if it is none
     */
    static List<String> names(String key) {
        List<String> names = new ArrayList<>();
        for (String part : key.split("/", -1)) {
            String name = name(part);
            if (name.isEmpty() || name.length() > LONGEST_NAME) {
                throw new IllegalArgumentException("each part of a blob's key must be of 1 to 180 characters");
            }
            names.add(name);
        }
        if (key.toLowerCase(Locale.ROOT).endsWith(NOTE)
                || String.join("/", names).length() > LONGEST_KEY) {
            throw new IllegalArgumentException(
                    "a blob's key must be of at most 900 characters and not end with .sha256");
        }
        return names;
    }

    /** Letters, digits and a few signs stay; a part never begins or ends with a dot, so hidden files are ours alone. */
    private static String name(String part) {
        StringBuilder name = new StringBuilder();
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            byte each = bytes[i];
            boolean letter = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
            boolean plain = letter || (each >= '0' && each <= '9') || each == '-' || each == '_';
            boolean dot = each == '.' && i > 0 && i < bytes.length - 1;
            name.append(plain || dot ? String.valueOf((char) each) : String.format(Locale.ROOT, "=%02X", each));
        }
        return name.toString();
    }
}
