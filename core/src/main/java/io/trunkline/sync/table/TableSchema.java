package io.trunkline.sync.table;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Makes the tables that are not there, and says what is wrong with those that are. */
final class TableSchema {

    static final String CURSORS = "trunkline_cursors";

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
        Set<String> present = present();
        List<String> problems = new ArrayList<>();
        for (String name : layout.names()) {
            if (!present.contains(name.toLowerCase(Locale.ROOT))) {
                problems.add("column " + name + " is missing");
            }
        }
        return problems;
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
            sql.append(", ").append(dialect.quoted(column.name())).append(' ').append(dialect.type(column.type()));
        }
        return sql.append(')').toString();
    }

    private Set<String> present() throws SQLException {
        Set<String> names = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet none =
                        statement.executeQuery("SELECT * FROM " + dialect.quoted(layout.table()) + " WHERE 1 = 0")) {
            ResultSetMetaData columns = none.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                names.add(columns.getColumnName(i).toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
