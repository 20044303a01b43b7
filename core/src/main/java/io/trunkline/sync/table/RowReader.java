package io.trunkline.sync.table;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads rows in the forms in which {@link RowBinder} writes them. */
final class RowReader {

    private final TableDialect dialect;
    private final TableLayout layout;

    RowReader(TableDialect dialect, TableLayout layout) {
        this.dialect = dialect;
        this.layout = layout;
    }

    /** The row that the cursor stands at; its columns are found by their names. */
    TableRow read(ResultSet row) throws SQLException {
        String id = row.getString(TableLayout.KEY);
        Instant changedAt = time(row, TableLayout.VERSION);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (Column column : layout.columns()) {
            String sealed = column.encrypted() ? row.getString(column.name()) : null;
            fields.put(
                    column.name(),
                    column.encrypted()
                            ? (sealed == null ? null : layout.sealing().open(column, id, sealed))
                            : plain(row, column));
        }
        return new TableRow(id, changedAt == null ? Instant.EPOCH : changedAt, fields);
    }

    private @Nullable Object plain(ResultSet row, Column column) throws SQLException {
        String name = column.name();
        return switch (column.type()) {
            case TEXT -> row.getString(name);
            case NUMBER -> number(row, name);
            case FLAG -> flag(row, name);
            case DATE ->
                dialect == TableDialect.SQLITE ? day(row.getString(name)) : row.getObject(name, LocalDate.class);
            case TIME -> time(row, name);
        };
    }

    private @Nullable Object number(ResultSet row, String name) throws SQLException {
        String text = row.getString(name);
        return text == null ? null : new BigDecimal(text);
    }

    private static @Nullable Object flag(ResultSet row, String name) throws SQLException {
        boolean value = row.getBoolean(name);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Object day(@Nullable String text) {
        return text == null ? null : LocalDate.parse(text);
    }

    private @Nullable Instant time(ResultSet row, String name) throws SQLException {
        return switch (dialect) {
            case SQLITE -> {
                String text = row.getString(name);
                yield text == null ? null : Instant.parse(text);
            }
            case MYSQL -> {
                LocalDateTime utc = row.getObject(name, LocalDateTime.class);
                yield utc == null ? null : utc.toInstant(ZoneOffset.UTC);
            }
            default -> {
                OffsetDateTime value = row.getObject(name, OffsetDateTime.class);
                yield value == null ? null : value.toInstant();
            }
        };
    }
}
