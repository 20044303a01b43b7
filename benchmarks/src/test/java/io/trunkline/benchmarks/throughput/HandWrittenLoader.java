package io.trunkline.benchmarks.throughput;

import com.squareup.moshi.Json;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A loop by hand: OkHttp, Moshi with a record for each contact, and pages written to the target. It keeps no cursor. */
final class HandWrittenLoader implements Loader {

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
            @Json(name = "SystemModstamp") String systemModstamp,
            @Json(name = "IsDeleted") boolean isDeleted) {}

    private final OkHttpClient client = new OkHttpClient();
    private final JsonAdapter<Rows> adapter = new Moshi.Builder().build().adapter(Rows.class);
    private final HttpUrl query;
    private final Target target;

    HandWrittenLoader(URI org, Target target) {
        this.query = Objects.requireNonNull(HttpUrl.get(org + "services/data/v66.0/queryAll"));
        this.target = target;
    }

    @Override
    public void load() throws IOException, SQLException {
        try (Target.Pages pages = target.pages()) {
            List<Contact> contacts = read("");
            while (!contacts.isEmpty()) {
                pages.write(contacts);
                contacts = read(contacts.get(contacts.size() - 1).id());
            }
        }
        target.finish();
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
}
