package io.trunkline.sync.table;

import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.store.BlindIndex;
import io.trunkline.store.DataCipher;
import io.trunkline.store.StoreException;
import io.trunkline.sync.Sink;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkResult;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A table as the target of a synchronisation: one row a record, with its id as key, the columns named here, and {@code
 * changed_at}. The table is made if it is not there and checked if it is; the cursor stands in {@code trunkline_cursors}
 * of the same database and is committed with the rows. Used by one run at a time.
 */
public final class TableSink implements Sink {

    private final DataSource pool;
    private final TableLayout layout;
    private @Nullable TableWriter writer;
    private @Nullable Connection connection;

    private TableSink(DataSource pool, TableLayout layout) {
        this.pool = pool;
        this.layout = layout;
    }

    /**
     * Begins with a table of no columns but the key and {@code changed_at}.
     *
     * @param pool the application's own pool, which stays its to close
     * @param table letters, digits and underscores
     * @throws IllegalArgumentException if the name is of another form
     */
    public static Builder of(DataSource pool, String table) {
        return new Builder(pool, Column.requireName("table", table));
    }

    /** Commits the cursor with the rows. */
    @Override
    public boolean keepsCursors() {
        return true;
    }

    @Override
    public Optional<SyncCursor> open(SinkStream stream) {
        try {
            connection = pool.getConnection();
            TableDialect dialect = TableDialect.of(connection.getMetaData().getDatabaseProductName());
            TableSchema schema = new TableSchema(connection, dialect, layout);
            List<String> problems = schema.prepare();
            if (!problems.isEmpty()) {
                throw new ConfigurationException(
                        "table " + layout.table() + " does not fit: " + String.join("; ", problems),
                        ErrorContext.of(layout.table(), "sync", ErrorKind.CONFIGURATION),
                        null);
            }
            writer = new TableWriter(connection, dialect, layout);
            return writer.begin(stream);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public SinkResult write(SinkBatch batch) {
        if (writer == null) {
            throw new IllegalStateException("the sink must be opened before it is written to");
        }
        try {
            return writer.write(batch);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        writer = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw failed(e);
            }
        }
    }

    static StoreException failed(SQLException e) {
        return new StoreException("the target database failed with state " + e.getSQLState(), e);
    }

    /** Collects columns. */
    public static final class Builder {

        private final DataSource pool;
        private final String table;
        private final List<Column> columns = new ArrayList<>();
        private @Nullable ColumnSeal seal;

        private Builder(DataSource pool, String table) {
            this.pool = pool;
            this.table = table;
        }

        /** Adds a column for texts, named as the record's field. */
        public Builder text(String name) {
            return column(name, ColumnType.TEXT);
        }

        /** Adds a column for numbers. */
        public Builder number(String name) {
            return column(name, ColumnType.NUMBER);
        }

        /** Adds a column for true and false. */
        public Builder flag(String name) {
            return column(name, ColumnType.FLAG);
        }

        /** Adds a column for days. */
        public Builder date(String name) {
            return column(name, ColumnType.DATE);
        }

        /** Adds a column for instants. */
        public Builder time(String name) {
            return column(name, ColumnType.TIME);
        }

        /**
         * What seals encrypted columns and finds by them.
         *
         * @param cipher with the keys of everything in the table
         * @param index likewise
         */
        public Builder encryption(DataCipher cipher, BlindIndex index) {
            this.seal = new ColumnSeal(table, cipher, index);
            return this;
        }

        /** Adds a column whose values are unreadable where they lie. */
        public Builder encrypted(String name, ColumnType type) {
            columns.add(new Column(name, type, true, null));
            return this;
        }

        /**
         * Adds a column for texts that are unreadable where they lie and are found all the same, by keyed hashes in a column
         * {@code <name>_index}. Whoever reads the database sees which rows have the same value.
         */
        public Builder searchable(String name, SearchForm form) {
            columns.add(new Column(name, ColumnType.TEXT, true, form));
            return this;
        }

        /**
         * What opens the sink for each run.
         *
         * @throws IllegalArgumentException if two columns have one name, or one is encrypted and nothing seals it
         */
        public Supplier<Sink> build() {
            TableLayout layout = TableLayout.of(table, columns, seal);
            return () -> new TableSink(pool, layout);
        }

        /**
         * What reads the rows that were written.
         *
         * @throws IllegalArgumentException as {@link #build}
         */
        public TableRows rows() {
            return new TableRows(pool, TableLayout.of(table, columns, seal));
        }

        private Builder column(String name, ColumnType type) {
            columns.add(new Column(name, type));
            return this;
        }
    }
}
