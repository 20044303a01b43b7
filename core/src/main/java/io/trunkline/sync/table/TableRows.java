package io.trunkline.sync.table;

import io.trunkline.error.SecurityPolicyException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The rows that a synchronisation has written to a table, encrypted columns opened. Thread-safe. */
public final class TableRows {

    private final DataSource pool;
    private final TableLayout layout;

    TableRows(DataSource pool, TableLayout layout) {
        this.pool = pool;
        this.layout = layout;
    }

    /** Whether the table has a column of this name that {@link #find} takes. */
    public boolean searchable(String column) {
        return layout.column(column).flatMap(Column::index).isPresent();
    }

    /**
     * Rows by what a searchable column holds, in whatever form it was written.
     *
     * @param most how many at the most
     * @throws IllegalArgumentException if the column is not searchable
     * @throws SecurityPolicyException if a row was changed, or its key is not at hand
     * @throws io.trunkline.store.StoreException if the database fails
     */
    public List<TableRow> find(String column, String word, int most) {
        Column asked = layout.column(column)
                .filter(each -> each.index().isPresent())
                .orElseThrow(() -> new IllegalArgumentException("column " + column + " is not searchable"));
        List<String> hashes = layout.sealing().hashes(asked, word);
        return hashes.isEmpty() ? List.of() : rows(asked.index().orElseThrow(), hashes, most);
    }

    /**
     * The row of a record.
     *
     * @throws SecurityPolicyException if it was changed, or its key is not at hand
     * @throws io.trunkline.store.StoreException if the database fails
     */
    public Optional<TableRow> get(String id) {
        return rows(TableLayout.KEY, List.of(id), 1).stream().findFirst();
    }

    /**
     * Seals all rows again with the newest keys and indexes them anew, while others go on; afterwards older keys may be
     * forgotten. What cannot be opened is left as it is.
     *
     * @return how many rows could not be opened
     * @throws io.trunkline.store.StoreException if the database fails
     */
    public int reseal() {
        return sealed(false);
    }

    /**
     * As {@link #reseal}, and seals and indexes what was written before its column was declared encrypted too. Only for
     * that: whatever is readable counts as genuine.
     *
     * @return how many rows could not be opened
     * @throws io.trunkline.store.StoreException if the database fails
     */
    public int migrate() {
        return sealed(true);
    }

    private int sealed(boolean readableToo) {
        try (Connection connection = pool.getConnection()) {
            TableDialect dialect = TableDialect.of(connection.getMetaData().getDatabaseProductName());
            return new TableReseal(connection, dialect, layout, readableToo).all();
        } catch (SQLException e) {
            throw TableSink.failed(e);
        }
    }

    private List<TableRow> rows(String column, List<String> values, int most) {
        try (Connection connection = pool.getConnection()) {
            TableDialect dialect = TableDialect.of(connection.getMetaData().getDatabaseProductName());
            String sql =
                    "SELECT * FROM " + dialect.quoted(layout.table()) + " WHERE " + dialect.quoted(column) + " IN ("
                            + String.join(", ", Collections.nCopies(values.size(), "?")) + ") ORDER BY "
                            + dialect.quoted(TableLayout.VERSION) + " DESC LIMIT " + most;
            RowReader reader = new RowReader(dialect, layout);
            List<TableRow> found = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.size(); i++) {
                    query.setString(i + 1, values.get(i));
                }
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(reader.read(rows));
                    }
                }
            }
            return found;
        } catch (SQLException e) {
            throw TableSink.failed(e);
        }
    }
}
