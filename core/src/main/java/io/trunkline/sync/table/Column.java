package io.trunkline.sync.table;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One column of a target table.
 *
 * @param name the column's name and that of the record's field
 * @param type what it holds
 * @param encrypted whether it is unreadable where it lies
 * @param search the form in which an encrypted one is looked for, or null if it is not
 */
public record Column(
        String name,
        ColumnType type,
        boolean encrypted,
        @Nullable SearchForm search) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final String INDEX = "_index";

    /**
     * Checks the name, and that of the column that holds the index if there is one.
     *
     * @throws IllegalArgumentException if the name is not a plain one
     */
    public Column {
        requireName("column", name);
        if (search != null) {
            requireName("the index of a column", name + INDEX);
        }
    }

    /** A readable column. */
    public Column(String name, ColumnType type) {
        this(name, type, false, null);
    }

    /** The column with its blind index; empty if there is none. */
    Optional<String> index() {
        return search == null ? Optional.empty() : Optional.of(name + INDEX);
    }

    static String requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what + " must be named by letters, digits and underscores, at most 63, not beginning with a digit");
        }
        return name;
    }
}
