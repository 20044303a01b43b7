package io.trunkline.sync.table;

import io.trunkline.error.SecurityPolicyException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Goes through a table, page by page, and writes each row's encrypted columns anew, unless somebody else has meanwhile. */
final class TableReseal {

    private static final int PAGE = 200;

    private final Connection connection;
    private final ColumnSeal seal;
    private final List<Column> columns;
    private final String read;
    private final String write;
    private final boolean readableToo;
    private int unreadable;

    /**
     * A row as it lies there.
     *
     * @param id its key
     * @param sealed its encrypted columns
     */
    private record Row(String id, List<@Nullable String> sealed) {}

    TableReseal(Connection connection, TableDialect dialect, TableLayout layout, boolean readableToo) {
        this.connection = connection;
        this.readableToo = readableToo;
        this.seal = layout.sealing();
        this.columns = layout.columns().stream().filter(Column::encrypted).toList();
        String table = dialect.quoted(layout.table());
        String key = dialect.quoted(TableLayout.KEY);
        this.read = "SELECT * FROM " + table + " WHERE " + key + " > ? ORDER BY " + key + " LIMIT " + PAGE;
        this.write = "UPDATE " + table + " SET "
                + columns.stream()
                        .flatMap(column -> Stream.concat(Stream.of(column.name()), column.index().stream()))
                        .map(name -> dialect.quoted(name) + " = ?")
                        .collect(Collectors.joining(", "))
                + " WHERE " + key + " = ? AND "
                + columns.stream()
                        .map(column -> "COALESCE(" + dialect.quoted(column.name()) + ", '') = ?")
                        .collect(Collectors.joining(" AND "));
    }

    int all() throws SQLException {
        connection.setAutoCommit(false);
        String last = "";
        for (List<Row> page = page(last); !page.isEmpty(); page = page(last)) {
            for (Row row : page) {
                write(row);
            }
            connection.commit();
            last = page.get(page.size() - 1).id();
        }
        connection.commit();
        return unreadable;
    }

    private List<Row> page(String last) throws SQLException {
        List<Row> page = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(read)) {
            query.setString(1, last);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    List<@Nullable String> sealed = new ArrayList<>();
                    for (Column column : columns) {
                        sealed.add(rows.getString(column.name()));
                    }
                    page.add(new Row(rows.getString(TableLayout.KEY), sealed));
                }
            }
        }
        return page;
    }

    private void write(Row row) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(write)) {
            int place = 1;
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                String old = row.sealed().get(i);
                Object value = old == null ? null : opened(column, row.id(), old);
                update.setString(place++, value == null ? null : seal.seal(column, row.id(), value));
                if (column.index().isPresent()) {
                    update.setString(
                            place++,
                            value == null ? null : seal.hash(column, value).orElse(null));
                }
            }
            update.setString(place++, row.id());
            for (String old : row.sealed()) {
                update.setString(place++, old == null ? "" : old);
            }
            update.executeUpdate();
        } catch (SecurityPolicyException | IllegalArgumentException e) {
            unreadable++;
        }
    }

    private Object opened(Column column, String row, String stored) {
        return readableToo && !ColumnSeal.sealed(stored)
                ? column.type().field().toHost(stored)
                : seal.open(column, row, stored);
    }
}
