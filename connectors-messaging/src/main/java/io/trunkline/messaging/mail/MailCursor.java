package io.trunkline.messaging.mail;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in a folder: which numbering it belongs to, and the last number given. */
record MailCursor(long validity, long uid) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,19}):(\\d{1,19})");

    static Optional<MailCursor> parse(Optional<String> text) {
        return text.map(cursor -> {
            Matcher matcher = FORM.matcher(cursor);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("cursor must be one that this connector has given");
            }
            return new MailCursor(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        });
    }

    @Override
    public String toString() {
        return validity + ":" + uid;
    }
}
