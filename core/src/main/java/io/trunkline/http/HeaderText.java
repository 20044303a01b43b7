package io.trunkline.http;

import java.util.regex.Pattern;

/** What may stand in a header; refused before the transport sees it, which would repeat the value in its message. */
final class HeaderText {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final int LONGEST = 16 * 1024;

    private HeaderText() {}

    static void check(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("header name must be letters, digits and hyphens");
        }
        if (value.length() > LONGEST || !value.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c < 0x7f))) {
            throw new IllegalArgumentException("value of header " + name + " must be one line of printable ASCII");
        }
    }
}
