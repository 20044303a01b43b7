package io.trunkline.crm;

import java.util.regex.Pattern;

/** What a text of a draft must look like, whatever the platform; refused before anything is sent. */
final class DraftText {

    private static final int LONGEST_LINE = 1_000;
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s\\p{Cntrl}@<>,;\"]{1,64}@[^\\s\\p{Cntrl}@<>,;\"]{1,255}");

    private DraftText() {}

    /** One line that says something. */
    static String line(String name, String value) {
        if (value.isBlank() || value.length() > LONGEST_LINE || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(name + " must be one line of 1 to " + LONGEST_LINE + " characters");
        }
        return value;
    }

    /** A mail address without a name. */
    static String email(String value) {
        if (!EMAIL.matcher(value).matches()) {
            throw new IllegalArgumentException("email must be of the form name@domain");
        }
        return value;
    }
}
