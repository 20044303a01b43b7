package io.trunkline.sync.table;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where databases differ: names of types, quotes, and how a row is put in or replaced. */
enum TableDialect {
    POSTGRESQL("\"", "TEXT", "VARCHAR(512)", "NUMERIC(38,10)", "BOOLEAN", "TIMESTAMPTZ(3)"),
    MYSQL(
            "`",
            "LONGTEXT CHARACTER SET utf8mb4",
            "VARCHAR(512) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
            "DECIMAL(38,10)",
            "BOOLEAN",
            "DATETIME(3)"),
    SQLITE("\"", "TEXT", "TEXT", "TEXT", "INTEGER", "TEXT"),
    H2("\"", "CHARACTER VARYING", "VARCHAR(512)", "NUMERIC(38,10)", "BOOLEAN", "TIMESTAMP(3) WITH TIME ZONE");

    private final String quote;
    private final String text;
    private final String key;
    private final String number;
    private final String flag;
    private final String time;

    TableDialect(String quote, String text, String key, String number, String flag, String time) {
        this.quote = quote;
        this.text = text;
        this.key = key;
        this.number = number;
        this.flag = flag;
        this.time = time;
    }

    /**
     * The dialect of a database.
     *
     * @param product as its driver names it
     */
    static TableDialect of(String product) throws SQLException {
        String name = product.toLowerCase(Locale.ROOT);
        if (name.contains("postgresql")) {
            return POSTGRESQL;
        }
        if (name.contains("mysql") || name.contains("mariadb")) {
            return MYSQL;
        }
        if (name.contains("sqlite")) {
            return SQLITE;
        }
        if (name.contains("h2")) {
            return H2;
        }
        throw new SQLException("this database is none of PostgreSQL, MySQL, MariaDB, SQLite and H2");
    }

    String quoted(String name) {
        return quote + name + quote;
    }

    String keyType() {
        return key;
    }

    String textType() {
        return text;
    }

    String type(ColumnType type) {
        return switch (type) {
            case TEXT -> text;
            case NUMBER -> number;
            case FLAG -> flag;
            case DATE -> this == SQLITE ? text : "DATE";
            case TIME -> time;
        };
    }

    /** Whether an index of a column is made by a statement of its own; MySQL makes it with the table. */
    boolean makesIndexes() {
        return this != MYSQL;
    }

    /** Makes an index if it is not there. Names of indexes are short and belong to the whole database. */
    String index(String table, String column) {
        String name = Integer.toHexString((table + "." + column).hashCode());
        return "CREATE INDEX IF NOT EXISTS " + quoted("trunkline_" + name) + " ON " + quoted(table) + " ("
                + quoted(column) + ")";
    }

    /** The column of a blind index. */
    String indexColumn(String name) {
        String column = quoted(name) + " " + key;
        return makesIndexes() ? column : column + ", INDEX (" + quoted(name) + ")";
    }

    /** As {@link #upsert}, with the rows of arrays of texts, one for each column of one of these types; PostgreSQL alone. */
    String upsertArrays(String table, List<String> columns, String version, List<String> types) {
        String arrays = types.stream()
                .map(type -> "?::text[]::" + type + "[]")
                .collect(Collectors.joining(", ", "unnest(", ")"));
        return "INSERT INTO " + quoted(table) + " (" + joined(columns, "") + ") SELECT * FROM " + arrays
                + onConflict(table, columns, version);
    }

    /**
     * Puts a row in, or replaces the one with its key unless that is newer.
     *
     * @param columns the key first
     * @param version the column that tells which of two states is newer
     */
    String upsert(String table, List<String> columns, String version) {
        String names = joined(columns, "");
        String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
        String key = quoted(columns.get(0));
        String newer = quoted(version);
        String target = quoted(table);
        String insert = "INSERT INTO " + target + " (" + names + ") VALUES (" + marks + ")";
        return switch (this) {
            case POSTGRESQL, SQLITE -> insert + onConflict(table, columns, version);
            case MYSQL -> insert + " ON DUPLICATE KEY UPDATE " + mysqlChanges(columns, version);
            case H2 ->
                "MERGE INTO " + target + " t USING (VALUES (" + marks + ")) s (" + names + ") ON t." + key
                        + " = s." + key + " WHEN MATCHED AND t." + newer + " <= s." + newer + " THEN UPDATE SET "
                        + columns.stream()
                                .skip(1)
                                .map(column -> quoted(column) + " = s." + quoted(column))
                                .collect(Collectors.joining(", "))
                        + " WHEN NOT MATCHED THEN INSERT (" + names + ") VALUES (" + joined(columns, "s.") + ")";
        };
    }

    private String onConflict(String table, List<String> columns, String version) {
        String newer = quoted(version);
        return " ON CONFLICT (" + quoted(columns.get(0)) + ") DO UPDATE SET "
                + columns.stream()
                        .skip(1)
                        .map(column -> quoted(column) + " = excluded." + quoted(column))
                        .collect(Collectors.joining(", "))
                + " WHERE " + quoted(table) + "." + newer + " <= excluded." + newer;
    }

    /** MySQL changes columns in the order written, and each sees those before: so the version comes last. */
    private String mysqlChanges(List<String> columns, String version) {
        String newer = quoted(version);
        return columns.stream()
                        .skip(1)
                        .filter(column -> !column.equals(version))
                        .map(column -> quoted(column) + " = IF(" + newer + " <= VALUES(" + newer + "), VALUES("
                                + quoted(column) + "), " + quoted(column) + ")")
                        .map(change -> change + ", ")
                        .collect(Collectors.joining())
                + newer + " = GREATEST(" + newer + ", VALUES(" + newer + "))";
    }

    private String joined(List<String> columns, String prefix) {
        return columns.stream().map(column -> prefix + quoted(column)).collect(Collectors.joining(", "));
    }
}
