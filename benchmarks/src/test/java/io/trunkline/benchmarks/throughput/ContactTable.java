package io.trunkline.benchmarks.throughput;

import io.trunkline.sync.Sink;
import io.trunkline.sync.table.TableSink;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The target table, the same for all loaders. */
final class ContactTable {

    /** Columns of texts, beside {@code id}, {@code changed_at} and {@code CreatedDate}. */
    static final List<String> TEXTS = List.of(
            "Name",
            "FirstName",
            "LastName",
            "Phone",
            "MobilePhone",
            "HomePhone",
            "OtherPhone",
            "Fax",
            "Email",
            "AccountId",
            "OwnerId");

    private ContactTable() {}

    static DataSource database(String url) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        database.setUser("postgres");
        return database;
    }

    static Supplier<Sink> sink(DataSource database) {
        TableSink.Builder table = TableSink.of(database, "contacts");
        TEXTS.forEach(table::text);
        return table.time("CreatedDate").build();
    }

    /** An empty table, as the library itself makes it. */
    static void renew(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS contacts, trunkline_cursors");
            statement.execute("""
                    CREATE TABLE contacts ("id" VARCHAR(512) PRIMARY KEY, "changed_at" TIMESTAMPTZ(3) NOT NULL,
                    "Name" TEXT, "FirstName" TEXT, "LastName" TEXT, "Phone" TEXT, "MobilePhone" TEXT, "HomePhone" TEXT,
                    "OtherPhone" TEXT, "Fax" TEXT, "Email" TEXT, "AccountId" TEXT, "OwnerId" TEXT,
                    "CreatedDate" TIMESTAMPTZ(3))""");
        }
    }

    /** How many rows there are and a sum over all that they hold. */
    static String content(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*), sum(hashtextextended(contacts::text, 0)::numeric) FROM contacts")) {
            row.next();
            return row.getString(1) + " rows of sum " + row.getString(2);
        }
    }
}
