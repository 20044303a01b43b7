package io.trunkline.sync.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A target table as it shall be.
 *
 * @param table its name
 * @param columns beside the key and the version
 * @param seal what encrypted columns are sealed with, or null if there are none
 */
record TableLayout(
        String table, List<Column> columns, @Nullable ColumnSeal seal) {

    static final String KEY = "id";
    static final String VERSION = "changed_at";

    TableLayout {
        columns = List.copyOf(columns);
    }

    static TableLayout of(String table, List<Column> columns, @Nullable ColumnSeal seal) {
        TableLayout layout = new TableLayout(table, columns, seal);
        Set<String> names = new HashSet<>();
        for (String name : layout.names()) {
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("column " + name + " is there already");
            }
        }
        if (seal == null && columns.stream().anyMatch(Column::encrypted)) {
            throw new IllegalArgumentException("encrypted columns need encryption(cipher, index)");
        }
        return layout;
    }

    /** What encrypted columns are sealed with. */
    ColumnSeal sealing() {
        return Objects.requireNonNull(seal);
    }

    /** The column of a name. Names of databases do not tell large letters from small. */
    Optional<Column> column(String name) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** All names, the key first, each index behind its column. */
    List<String> names() {
        List<String> names = new ArrayList<>(List.of(KEY, VERSION));
        columns.forEach(column -> {
            names.add(column.name());
            column.index().ifPresent(names::add);
        });
        return names;
    }
}
