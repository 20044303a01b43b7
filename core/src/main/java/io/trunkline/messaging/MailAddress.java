package io.trunkline.messaging;

import java.util.regex.Pattern;

/**
 * A mail address with the name to show, which may be empty. Line breaks and control characters are refused, because in a
 * mail's head they would begin another header.
 */
public record MailAddress(String name, String address) {

    private static final Pattern FORM = Pattern.compile("[^\\s@<>,;:\"()\\[\\]\\\\]{1,64}@[^\\s@<>,;:\"()\\\\]{1,255}");

    /** Checks both parts; throws {@link IllegalArgumentException}. */
    public MailAddress {
        if (!FORM.matcher(address).matches() || address.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("mail address must be of the form name@domain");
        }
        if (name.length() > 200 || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("name of a mail address must be one line of at most 200 characters");
        }
    }

    /** An address without a name. */
    public static MailAddress of(String address) {
        return new MailAddress("", address);
    }

    @Override
    public String toString() {
        return "MailAddress[***@" + address.substring(address.indexOf('@') + 1) + "]";
    }
}
