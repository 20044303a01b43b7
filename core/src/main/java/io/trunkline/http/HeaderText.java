package io.trunkline.http;

import java.util.function.IntPredicate;

/** What may stand in a header; refused before the transport sees it, which would repeat the value in its message. */
final class HeaderText {

    private static final String SIGNS = "!#$%&'*+.^_`|~-";
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST = 16 * 1024;

    private HeaderText() {}

    static void check(String name, String value) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || !every(name, HeaderText::inName)) {
            throw new IllegalArgumentException("header name must be letters, digits and hyphens");
        }
        if (value.length() > LONGEST || !every(value, HeaderText::inValue)) {
            throw new IllegalArgumentException("value of header " + name + " must be one line of printable ASCII");
        }
    }

    private static boolean every(String text, IntPredicate allowed) {
        for (int i = 0; i < text.length(); i++) {
            if (!allowed.test(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean inName(int c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || SIGNS.indexOf(c) >= 0;
    }

    private static boolean inValue(int c) {
        return c == '\t' || (c >= 0x20 && c < 0x7f);
    }
}
