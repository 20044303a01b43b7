package io.trunkline.benchmarks.throughput;

import io.trunkline.benchmarks.throughput.HandWrittenLoader.Contact;
import io.trunkline.sync.Sink;
import io.trunkline.sync.table.TableSink;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.model.ProcessorDefinition;
import org.postgresql.ds.PGSimpleDataSource;

/** A table of PostgreSQL: an upsert in batches and a commit a page for those who write it by hand and by Camel. */
record ContactTable(DataSource database) implements Target {

    private static final String UPSERT = """
            INSERT INTO contacts ("id", "changed_at", "Name", "FirstName", "LastName", "Phone", "MobilePhone", "HomePhone",
            "OtherPhone", "Fax", "Email", "AccountId", "OwnerId", "CreatedDate")
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT ("id") DO UPDATE SET "changed_at" = excluded."changed_at", "Name" = excluded."Name",
            "FirstName" = excluded."FirstName", "LastName" = excluded."LastName", "Phone" = excluded."Phone",
            "MobilePhone" = excluded."MobilePhone", "HomePhone" = excluded."HomePhone",
            "OtherPhone" = excluded."OtherPhone", "Fax" = excluded."Fax", "Email" = excluded."Email",
            "AccountId" = excluded."AccountId", "OwnerId" = excluded."OwnerId",
            "CreatedDate" = excluded."CreatedDate\"""";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX");

    static ContactTable of(String url) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        database.setUser("postgres");
        return new ContactTable(database);
    }

    /** As the library itself makes it. */
    @Override
    public void renew() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS contacts, trunkline_cursors");
            statement.execute("""
                    CREATE TABLE contacts ("id" VARCHAR(512) PRIMARY KEY, "changed_at" TIMESTAMPTZ(3) NOT NULL,
                    "Name" TEXT, "FirstName" TEXT, "LastName" TEXT, "Phone" TEXT, "MobilePhone" TEXT, "HomePhone" TEXT,
                    "OtherPhone" TEXT, "Fax" TEXT, "Email" TEXT, "AccountId" TEXT, "OwnerId" TEXT,
                    "CreatedDate" TIMESTAMPTZ(3))""");
            // Whoever comes next would else pay for what the last one has left to be written.
            statement.execute("CHECKPOINT");
        }
    }

    @Override
    public String content() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*), sum(hashtextextended(contacts::text, 0)::numeric) FROM contacts")) {
            row.next();
            return row.getString(1) + " rows of sum " + row.getString(2);
        }
    }

    @Override
    public Supplier<Sink> sink() {
        TableSink.Builder table = TableSink.of(database, "contacts");
        TEXTS.forEach(table::text);
        return table.time("CreatedDate").build();
    }

    @Override
    public Pages pages() throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        return new Batches(connection, connection.prepareStatement(UPSERT));
    }

    /** The statement written by hand, with names for marks; times come as text. A page is forced by its commit. */
    @Override
    public ProcessorDefinition<?> route(ProcessorDefinition<?> page, boolean forced) {
        page.getCamelContext().getRegistry().bind("database", database);
        String[] parts = UPSERT.replaceAll("\\s+", " ").split("\\?", -1);
        List<String> names = new ArrayList<>(List.of("Id", "SystemModstamp"));
        names.addAll(TEXTS);
        names.add("CreatedDate");
        String marked = IntStream.range(0, names.size())
                .mapToObj(i -> parts[i] + mark(names.get(i)))
                .collect(Collectors.joining());
        return page.to("sql:" + marked + parts[names.size()] + "?batch=true&dataSource=#database");
    }

    @Override
    public void finish() {
        // Each page was committed.
    }

    private static String mark(String name) {
        boolean time = name.equals("SystemModstamp") || name.equals("CreatedDate");
        return time ? "CAST(:#" + name + " AS TIMESTAMPTZ)" : ":#" + name;
    }

    private record Batches(Connection connection, PreparedStatement upsert) implements Pages {

        @Override
        public void write(List<Contact> page) throws SQLException {
            for (Contact contact : page) {
                bind(contact);
                upsert.addBatch();
            }
            upsert.executeBatch();
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }

        private void bind(Contact contact) throws SQLException {
            upsert.setString(1, contact.id());
            upsert.setObject(2, OffsetDateTime.parse(contact.systemModstamp(), TIME));
            upsert.setString(3, contact.name());
            upsert.setString(4, contact.firstName());
            upsert.setString(5, contact.lastName());
            upsert.setString(6, contact.phone());
            upsert.setString(7, contact.mobilePhone());
            upsert.setString(8, contact.homePhone());
            upsert.setString(9, contact.otherPhone());
            upsert.setString(10, contact.fax());
            upsert.setString(11, contact.email());
            upsert.setString(12, contact.accountId());
            upsert.setString(13, contact.ownerId());
            upsert.setObject(14, OffsetDateTime.parse(contact.createdDate(), TIME));
        }
    }
}
