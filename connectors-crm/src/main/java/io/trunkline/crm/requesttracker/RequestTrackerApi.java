package io.trunkline.crm.requesttracker;

import io.trunkline.http.ApiCall;
import io.trunkline.http.Idempotent;
import io.trunkline.http.NoContent;
import io.trunkline.http.Once;
import io.trunkline.http.Safe;
import java.util.List;
import java.util.Map;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.QueryMap;

/** The operations of the REST API that are used; searches by conditions are read by POST. */
interface RequestTrackerApi {

    @GET("REST/2.0/rt")
    @Safe("request-tracker.server")
    ApiCall<RequestTrackerWire.Server> server();

    @GET("REST/2.0/queue/{name}")
    @Safe("request-tracker.queue")
    ApiCall<RequestTrackerWire.Queue> queue(@Path("name") String name);

    @GET("REST/2.0/{listing}")
    @Safe("request-tracker.query")
    ApiCall<RequestTrackerWire.Rows> query(
            @Path("listing") String listing,
            @Query("query") String query,
            @Query("orderby") List<String> by,
            @Query("order") List<String> order,
            @QueryMap Map<String, String> page);

    @POST("REST/2.0/{listing}")
    @Safe("request-tracker.find")
    ApiCall<RequestTrackerWire.Rows> find(
            @Path(value = "listing", encoded = true) String listing,
            @Query("orderby") List<String> by,
            @QueryMap Map<String, String> page,
            @Body List<RequestTrackerWire.Condition> conditions);

    @POST("REST/2.0/ticket")
    @Once("request-tracker.create-ticket")
    ApiCall<RequestTrackerWire.Saved> createTicket(@Body Map<String, @Nullable Object> fields);

    @GET("REST/2.0/ticket/{id}")
    @Safe("request-tracker.ticket")
    ApiCall<Map<String, @Nullable Object>> ticket(@Path("id") String id);

    @PUT("REST/2.0/ticket/{id}")
    @Idempotent("request-tracker.update-ticket")
    ApiCall<List<String>> updateTicket(
            @Path("id") String id,
            @Header("If-Match") @Nullable String version,
            @Body Map<String, @Nullable Object> fields);

    @POST("REST/2.0/ticket/{id}/{kind}")
    @Once("request-tracker.comment")
    ApiCall<List<String>> comment(@Path("id") String id, @Path("kind") String kind, @Body Map<String, String> message);

    @POST("REST/2.0/ticket/{id}/comment")
    @Once("request-tracker.attach")
    ApiCall<List<String>> attach(@Path("id") String id, @Body RequestBody parts);

    @GET("REST/2.0/attachment/{id}")
    @Safe("request-tracker.attachment")
    ApiCall<RequestTrackerWire.Content> attachment(@Path("id") String id);

    @POST("REST/2.0/user")
    @Once("request-tracker.create-user")
    ApiCall<RequestTrackerWire.Saved> createUser(@Body Map<String, @Nullable Object> fields);

    @GET("REST/2.0/user/{name}")
    @Safe("request-tracker.user")
    ApiCall<Map<String, @Nullable Object>> user(@Path("name") String name);

    @PUT("REST/2.0/user/{name}")
    @Idempotent("request-tracker.update-user")
    ApiCall<List<String>> updateUser(
            @Path("name") String name,
            @Header("If-Match") @Nullable String version,
            @Body Map<String, @Nullable Object> fields);

    @DELETE("REST/2.0/user/{name}")
    @Idempotent("request-tracker.disable-user")
    ApiCall<NoContent> disableUser(@Path("name") String name);

    @GET("REST/2.0/customfield/{id}")
    @Safe("request-tracker.custom-field")
    ApiCall<RequestTrackerWire.Field> customField(@Path("id") String id);
}
