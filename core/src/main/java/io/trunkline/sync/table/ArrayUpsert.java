package io.trunkline.sync.table;

import io.trunkline.sync.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts many rows into a table of PostgreSQL with one statement, each column as an array of texts. A batch of statements
 * costs the database twice the time. One row that does not fit fails them all.
 */
final class ArrayUpsert {

    private final Connection connection;
    private final RowBinder rows;
    private final int columns;
    private final String sql;

    private ArrayUpsert(Connection connection, RowBinder rows, int columns, String sql) {
        this.connection = connection;
        this.rows = rows;
        this.columns = columns;
        this.sql = sql;
    }

    /** Reads the types from the table itself, which the application may have made with others than the library's. */
    static ArrayUpsert of(Connection connection, TableLayout layout, RowBinder rows) throws SQLException {
        TableDialect dialect = TableDialect.POSTGRESQL;
        List<String> names = layout.names();
        String quoted = String.join(", ", names.stream().map(dialect::quoted).toList());
        List<String> types = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery(
                        "SELECT " + quoted + " FROM " + dialect.quoted(layout.table()) + " WHERE 1 = 0")) {
            ResultSetMetaData table = none.getMetaData();
            for (int i = 1; i <= table.getColumnCount(); i++) {
                types.add(table.getColumnTypeName(i));
            }
        }
        return new ArrayUpsert(
                connection,
                rows,
                names.size(),
                dialect.upsertArrays(layout.table(), names, TableLayout.VERSION, types));
    }

    void put(List<Change> records) throws SQLException {
        @Nullable String[][] arrays = new String[columns][records.size()];
        for (int i = 0; i < records.size(); i++) {
            rows.texts(records.get(i), arrays, i);
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns; i++) {
                statement.setArray(i + 1, connection.createArrayOf("text", arrays[i]));
            }
            statement.executeUpdate();
        }
    }
}
