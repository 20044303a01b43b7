package io.trunkline.sync.table;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes the tables that are not there, and says what is wrong with those that are. */
final class TableSchema {

    static final String CURSORS = "trunkline_cursors";

    private static final Set<Integer> TEXTS =
            Set.of(Types.VARCHAR, Types.LONGVARCHAR, Types.CLOB, Types.NVARCHAR, Types.LONGNVARCHAR);

    private final Connection connection;
    private final TableDialect dialect;
    private final TableLayout layout;

    TableSchema(Connection connection, TableDialect dialect, TableLayout layout) {
        this.connection = connection;
        this.dialect = dialect;
        this.layout = layout;
    }

    /** What does not fit; nothing if all does. */
    List<String> prepare() throws SQLException {
        run("CREATE TABLE IF NOT EXISTS " + dialect.quoted(CURSORS) + " (" + dialect.quoted("stream") + " "
                + dialect.keyType() + " PRIMARY KEY, " + dialect.quoted("fence") + " BIGINT NOT NULL, "
                + dialect.quoted("place") + " " + dialect.textType() + ")");
        run(table());
        Map<String, Integer> present = present();
        List<String> problems = new ArrayList<>();
        for (String name : layout.names()) {
            if (!present.containsKey(name.toLowerCase(Locale.ROOT))) {
                problems.add("column " + name + " is missing");
            }
        }
        for (Column column : layout.columns()) {
            Integer type = present.get(column.name().toLowerCase(Locale.ROOT));
            if (column.encrypted() && type != null && !TEXTS.contains(type)) {
                problems.add("column " + column.name() + " is encrypted and must be of a type for texts");
            }
        }
        if (problems.isEmpty() && dialect.makesIndexes()) {
            for (String index : indexes()) {
                run(index);
            }
        }
        return problems;
    }

    private List<String> indexes() {
        return layout.columns().stream()
                .flatMap(column -> column.index().stream())
                .map(index -> dialect.index(layout.table(), index))
                .toList();
    }

    private String table() {
        StringBuilder sql = new StringBuilder("CREATE TABLE IF NOT EXISTS ")
                .append(dialect.quoted(layout.table()))
                .append(" (")
                .append(dialect.quoted(TableLayout.KEY))
                .append(' ')
                .append(dialect.keyType())
                .append(" PRIMARY KEY, ")
                .append(dialect.quoted(TableLayout.VERSION))
                .append(' ')
                .append(dialect.type(ColumnType.TIME))
                .append(" NOT NULL");
        for (Column column : layout.columns()) {
            String type = column.encrypted() ? dialect.textType() : dialect.type(column.type());
            sql.append(", ").append(dialect.quoted(column.name())).append(' ').append(type);
            column.index().ifPresent(index -> sql.append(", ").append(dialect.indexColumn(index)));
        }
        return sql.append(')').toString();
    }

    /** The type of each column that is there. */
    private Map<String, Integer> present() throws SQLException {
        Map<String, Integer> types = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet none =
                        statement.executeQuery("SELECT * FROM " + dialect.quoted(layout.table()) + " WHERE 1 = 0")) {
            ResultSetMetaData columns = none.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                types.put(columns.getColumnName(i).toLowerCase(Locale.ROOT), columns.getColumnType(i));
            }
        }
        return types;
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
