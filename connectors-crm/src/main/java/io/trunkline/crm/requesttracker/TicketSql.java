package io.trunkline.crm.requesttracker;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** The query language's literals and names: everything from outside goes through here on its way into a query. */
final class TicketSql {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_ .-]{0,62}[\\p{L}\\p{N}_])?");
    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");
    private static final int LONGEST = 1_000;

    /** The platform takes no zone here and reads the time in its user's own, which must be UTC. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private TicketSql() {}

    /** A text literal in quotes. */
    static String text(String value) {
        return "'" + line(value).replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** A time literal; the grain is a second. */
    static String time(Instant instant) {
        return "'" + TIME.format(instant) + "'";
    }

    /** A custom field by its name. */
    static String customField(String name) {
        return "CF.{" + name(name) + "}";
    }

    /** A queue's or custom field's name as it may stand in a query. */
    static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name of a queue or field must be letters, digits, spaces, dots, hyphens and underscores");
        }
        return name;
    }

    /** Whether a text is a record's number. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** A record's number. */
    static String id(String id) {
        if (!isId(id)) {
            throw new IllegalArgumentException("id must be a number");
        }
        return id;
    }

    /** A line of text. */
    static String line(String value) {
        boolean broken = value.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        if (value.isBlank() || value.length() > LONGEST || broken) {
            throw new IllegalArgumentException("text must be one line of 1 to " + LONGEST + " characters");
        }
        return value;
    }
}
