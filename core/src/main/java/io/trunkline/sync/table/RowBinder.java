package io.trunkline.sync.table;

import io.trunkline.mapping.FieldType;
import io.trunkline.sync.Change;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Puts a record's fields into the places of a statement, in the forms that a database takes. */
final class RowBinder {

    private static final String WRONG = "22000";

    private final TableDialect dialect;
    private final TableLayout layout;

    RowBinder(TableDialect dialect, TableLayout layout) {
        this.dialect = dialect;
        this.layout = layout;
    }

    void bind(Change record, PreparedStatement statement) throws SQLException {
        statement.setString(1, record.ref().id());
        time(statement, 2, record.changedAt());
        int place = 3;
        for (Column column : layout.columns()) {
            Object value = record.fields().get(column.name());
            try {
                if (column.encrypted()) {
                    place = sealed(statement, place, column, record);
                } else {
                    bind(statement, place++, column.type(), value);
                }
            } catch (IllegalArgumentException e) {
                throw new SQLDataException("column " + column.name() + " " + e.getMessage(), WRONG);
            }
        }
    }

    /** The sealed value, then its index if it has one; returns the next place. */
    private int sealed(PreparedStatement statement, int place, Column column, Change record) throws SQLException {
        Object value = record.fields().get(column.name());
        ColumnSeal seal = layout.sealing();
        String id = record.ref().id();
        statement.setString(place, value == null ? null : seal.seal(column, id, value));
        if (column.index().isEmpty()) {
            return place + 1;
        }
        statement.setString(
                place + 1, value == null ? null : seal.hash(column, value).orElse(null));
        return place + 2;
    }

    private void bind(PreparedStatement statement, int place, ColumnType type, @Nullable Object value)
            throws SQLException {
        if (value == null) {
            statement.setNull(place, nullType(type));
            return;
        }
        switch (type) {
            case TEXT -> statement.setString(place, ColumnSeal.text(type, value));
            case NUMBER -> number(statement, place, (BigDecimal) FieldType.NUMBER.toHost(value));
            case FLAG -> statement.setBoolean(place, (Boolean) FieldType.BOOLEAN.toHost(value));
            case DATE -> date(statement, place, (LocalDate) FieldType.DATE.toHost(value));
            case TIME -> time(statement, place, (Instant) FieldType.TIME.toHost(value));
        }
    }

    private int nullType(ColumnType type) {
        return switch (type) {
            case TEXT -> Types.VARCHAR;
            case NUMBER -> Types.NUMERIC;
            case FLAG -> Types.BOOLEAN;
            case DATE -> Types.DATE;
            case TIME -> dialect == TableDialect.MYSQL ? Types.TIMESTAMP : Types.TIMESTAMP_WITH_TIMEZONE;
        };
    }

    /** SQLite has no exact numbers: as text it keeps every digit. */
    private void number(PreparedStatement statement, int place, BigDecimal value) throws SQLException {
        if (dialect == TableDialect.SQLITE) {
            statement.setString(place, value.toPlainString());
        } else {
            statement.setBigDecimal(place, value);
        }
    }

    private void date(PreparedStatement statement, int place, LocalDate value) throws SQLException {
        if (dialect == TableDialect.SQLITE) {
            statement.setString(place, value.toString());
        } else {
            statement.setObject(place, value);
        }
    }

    private void time(PreparedStatement statement, int place, Instant value) throws SQLException {
        OffsetDateTime utc = value.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
        switch (dialect) {
            // Always three digits, so that texts sort as times do.
            case SQLITE -> statement.setString(place, String.format("%tFT%<tT.%<tLZ", utc));
            case MYSQL -> statement.setObject(place, utc.toLocalDateTime());
            default -> statement.setObject(place, utc);
        }
    }
}
