package io.trunkline.sync.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A target table as it shall be.
 *
 * @param table its name
 * @param columns beside the key and the version
 */
record TableLayout(String table, List<Column> columns) {

    static final String KEY = "id";
    static final String VERSION = "changed_at";

    TableLayout {
        columns = List.copyOf(columns);
    }

    static TableLayout of(String table, List<Column> columns) {
        Set<String> names = new HashSet<>(Set.of(KEY, VERSION));
        for (Column column : columns) {
            if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("column " + column.name() + " is there already");
            }
        }
        return new TableLayout(table, columns);
    }

    /** All names, the key first. */
    List<String> names() {
        List<String> names = new ArrayList<>(List.of(KEY, VERSION));
        columns.forEach(column -> names.add(column.name()));
        return names;
    }
}
