package io.trunkline.crm.salesforce;

import io.trunkline.http.ApiCall;
import io.trunkline.http.Idempotent;
import io.trunkline.http.NoContent;
import io.trunkline.http.Once;
import io.trunkline.http.Safe;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.PATCH;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.Url;

/** The operations of the REST API that are used. */
interface SalesforceApi {

    @GET("services/data/v{version}/query")
    @Safe("salesforce.query")
    ApiCall<SalesforceWire.Rows> query(@Path("version") String version, @Query("q") String soql);

    @GET("services/data/v{version}/queryAll")
    @Safe("salesforce.query-all")
    ApiCall<SalesforceWire.Rows> queryAll(@Path("version") String version, @Query("q") String soql);

    @GET
    @Safe("salesforce.next-page")
    ApiCall<SalesforceWire.Rows> next(@Url String nextRecordsUrl);

    @GET("services/data/v{version}/search")
    @Safe("salesforce.search")
    ApiCall<SalesforceWire.Found> search(@Path("version") String version, @Query("q") String sosl);

    @GET("services/data/v{version}/sobjects/{type}/{id}")
    @Safe("salesforce.get")
    ApiCall<Map<String, @Nullable Object>> get(
            @Path("version") String version,
            @Path("type") String type,
            @Path("id") String id,
            @Query("fields") String fields);

    @POST("services/data/v{version}/sobjects/{type}")
    @Once("salesforce.create")
    ApiCall<SalesforceWire.Saved> create(
            @Path("version") String version, @Path("type") String type, @Body Map<String, @Nullable Object> fields);

    @PATCH("services/data/v{version}/sobjects/{type}/{id}")
    @Idempotent("salesforce.update")
    ApiCall<NoContent> update(
            @Path("version") String version,
            @Path("type") String type,
            @Path("id") String id,
            @Header("If-Unmodified-Since") @Nullable String unmodifiedSince,
            @Body Map<String, @Nullable Object> fields);

    @PATCH("services/data/v{version}/sobjects/{type}/{field}/{value}")
    @Idempotent("salesforce.upsert")
    ApiCall<byte[]> upsert(
            @Path("version") String version,
            @Path("type") String type,
            @Path("field") String field,
            @Path("value") String value,
            @Body Map<String, @Nullable Object> fields);

    @DELETE("services/data/v{version}/sobjects/{type}/{id}")
    @Idempotent("salesforce.delete")
    ApiCall<NoContent> delete(@Path("version") String version, @Path("type") String type, @Path("id") String id);

    @GET("services/data/v{version}/sobjects/{type}/describe")
    @Safe("salesforce.describe")
    ApiCall<SalesforceWire.Described> describe(@Path("version") String version, @Path("type") String type);
}
