package io.trunkline.sync.table;

import io.trunkline.mapping.FieldType;
import io.trunkline.sync.Change;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
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
                    for (String part : sealed(column, record)) {
                        statement.setString(place++, part);
                    }
                } else {
                    bind(statement, place++, column.type(), value);
                }
            } catch (IllegalArgumentException e) {
                throw wrong(column, e);
            }
        }
    }

    /** The sealed value, then its index if it has one. */
    private List<@Nullable String> sealed(Column column, Change record) {
        Object value = record.fields().get(column.name());
        ColumnSeal seal = layout.sealing();
        List<@Nullable String> parts = new ArrayList<>();
        parts.add(value == null ? null : seal.seal(column, record.ref().id(), value));
        if (column.index().isPresent()) {
            parts.add(value == null ? null : seal.hash(column, value).orElse(null));
        }
        return parts;
    }

    /** Puts a record into one place of each column's array, in the forms that PostgreSQL reads. */
    void texts(Change record, @Nullable String[][] columns, int place) throws SQLDataException {
        columns[0][place] = record.ref().id();
        columns[1][place] = record.changedAt().truncatedTo(ChronoUnit.MILLIS).toString();
        int next = 2;
        for (Column column : layout.columns()) {
            Object value = record.fields().get(column.name());
            try {
                if (column.encrypted()) {
                    for (String part : sealed(column, record)) {
                        columns[next++][place] = part;
                    }
                } else {
                    columns[next++][place] = value == null ? null : text(column.type(), value);
                }
            } catch (IllegalArgumentException e) {
                throw wrong(column, e);
            }
        }
    }

    private static String text(ColumnType type, Object value) {
        return switch (type) {
            case NUMBER -> FieldType.NUMBER.toHost(value).toString();
            case TIME ->
                ((Instant) FieldType.TIME.toHost(value))
                        .truncatedTo(ChronoUnit.MILLIS)
                        .toString();
            default -> ColumnSeal.text(type, value);
        };
    }

    private static SQLDataException wrong(Column column, IllegalArgumentException e) {
        return new SQLDataException("column " + column.name() + " " + e.getMessage(), WRONG);
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
        try {
            OffsetDateTime utc = value.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
            switch (dialect) {
                // Always three digits, so that texts sort as times do.
                case SQLITE -> statement.setString(place, String.format("%tFT%<tT.%<tLZ", utc));
                case MYSQL -> statement.setObject(place, utc.toLocalDateTime());
                default -> statement.setObject(place, utc);
            }
        } catch (DateTimeException e) {
            // Drivers count on from the ends of time.
            throw new SQLDataException("a time is out of the database's range", WRONG);
        }
    }
}
