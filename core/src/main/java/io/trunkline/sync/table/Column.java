package io.trunkline.sync.table;

import java.util.regex.Pattern;

/**
 * One column of a target table.
 *
 * @param name the column's name and that of the record's field
 * @param type what it holds
 */
public record Column(String name, ColumnType type) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name is not a plain one
     */
    public Column {
        requireName("column", name);
    }

    static String requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what + " must be named by letters, digits and underscores, at most 63, not beginning with a digit");
        }
        return name;
    }
}
