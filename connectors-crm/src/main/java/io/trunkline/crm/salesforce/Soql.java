package io.trunkline.crm.salesforce;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The query languages' literals and names: everything from outside goes through here on its way into a query. */
final class Soql {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,79}");
    private static final String SEARCH_SIGNS = "?&|!{}[]()^~*:\\\"'+-";
    private static final int LONGEST = 1_000;

    private Soql() {}

    /** A text literal in quotes. */
    static String text(String value) {
        return "'" + line(value).replace("\\", "\\\\").replace("'", "\\'").replace("\"", "\\\"") + "'";
    }

    /** A list of text literals for {@code IN}. */
    static String texts(Collection<String> values) {
        return values.stream().map(Soql::text).collect(Collectors.joining(", ", "(", ")"));
    }

    /** A time literal. */
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** A search term in braces, its signs escaped. */
    static String term(String value) {
        String stripped = line(value).strip();
        if (stripped.length() < 2) {
            throw new IllegalArgumentException("search text must have at least 2 characters");
        }
        StringBuilder term = new StringBuilder("{");
        stripped.chars().forEach(c -> {
            if (SEARCH_SIGNS.indexOf(c) >= 0) {
                term.append('\\');
            }
            term.append((char) c);
        });
        return term.append('}').toString();
    }

    /** A field's or type's name as it may stand in a query. */
    static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name of a field or type must be letters, digits and underscores");
        }
        return name;
    }

    /** A record's id. */
    static String id(String id) {
        if (!isId(id)) {
            throw new IllegalArgumentException("id of a Salesforce record must be 15 or 18 letters and digits");
        }
        return id;
    }

    /** Whether a text has the form of a record's id. */
    static boolean isId(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            // No pattern, because every row that is read comes by here.
            boolean fits = (each >= 'A' && each <= 'Z') || (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9');
            if (!fits) {
                return false;
            }
        }
        return text.length() == 15 || text.length() == 18;
    }

    /** A query's first part. */
    static String select(List<String> fields, String type) {
        return "SELECT " + String.join(", ", fields) + " FROM " + type;
    }

    /** A line of text. Half a character would arrive as a question mark, which in a search stands for any character. */
    static String line(String value) {
        boolean broken = value.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        if (value.isBlank() || value.length() > LONGEST || broken) {
            throw new IllegalArgumentException("text must be one line of 1 to " + LONGEST + " characters");
        }
        return value;
    }
}
