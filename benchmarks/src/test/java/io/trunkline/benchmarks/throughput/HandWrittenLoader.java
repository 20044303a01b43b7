package io.trunkline.benchmarks.throughput;

import com.squareup.moshi.Json;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A loop by hand: OkHttp, Moshi with a record for each contact, an upsert in batches, a commit a page. It keeps no cursor. */
final class HandWrittenLoader implements Loader {

    static final String UPSERT = """
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
    private static final String FIELDS =
            "Id, Name, FirstName, LastName, Phone, MobilePhone, HomePhone, OtherPhone, Fax,"
                    + " Email, AccountId, OwnerId, CreatedDate, SystemModstamp, IsDeleted";

    /** The platform's page. */
    public record Rows(List<Contact> records) {}

    /** The platform's contact. */
    public record Contact(
            @Json(name = "Id") String id,
            @Json(name = "Name") String name,
            @Json(name = "FirstName") String firstName,
            @Json(name = "LastName") String lastName,
            @Json(name = "Phone") String phone,
            @Json(name = "MobilePhone") String mobilePhone,
            @Json(name = "HomePhone") String homePhone,
            @Json(name = "OtherPhone") String otherPhone,
            @Json(name = "Fax") String fax,
            @Json(name = "Email") String email,
            @Json(name = "AccountId") String accountId,
            @Json(name = "OwnerId") String ownerId,
            @Json(name = "CreatedDate") String createdDate,
            @Json(name = "SystemModstamp") String systemModstamp) {}

    private final OkHttpClient client = new OkHttpClient();
    private final JsonAdapter<Rows> adapter = new Moshi.Builder().build().adapter(Rows.class);
    private final HttpUrl query;
    private final DataSource database;

    HandWrittenLoader(URI org, DataSource database) {
        this.query = Objects.requireNonNull(HttpUrl.get(org + "services/data/v66.0/queryAll"));
        this.database = database;
    }

    @Override
    public void load() throws IOException, SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
            connection.setAutoCommit(false);
            List<Contact> contacts = read("");
            while (!contacts.isEmpty()) {
                for (Contact contact : contacts) {
                    bind(upsert, contact);
                    upsert.addBatch();
                }
                upsert.executeBatch();
                connection.commit();
                contacts = read(contacts.get(contacts.size() - 1).id());
            }
        }
    }

    @Override
    public void close() {
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }

    List<Contact> read(String after) throws IOException {
        String where = after.isEmpty() ? "" : " WHERE Id > '" + after + "'";
        String soql = "SELECT " + FIELDS + " FROM Contact" + where + " ORDER BY Id LIMIT " + PAGE;
        Request request = new Request.Builder()
                .url(query.newBuilder().addQueryParameter("q", soql).build())
                .header("Authorization", "Bearer token")
                .build();
        try (Response response = client.newCall(request).execute()) {
            if (response.code() != 200) {
                throw new IOException("answered with " + response.code());
            }
            return Objects.requireNonNull(adapter.fromJson(response.body().source()))
                    .records();
        }
    }

    private static void bind(PreparedStatement upsert, Contact contact) throws SQLException {
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
