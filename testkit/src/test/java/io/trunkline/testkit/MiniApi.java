package io.trunkline.testkit;

import io.trunkline.http.ApiCall;
import io.trunkline.http.Idempotent;
import io.trunkline.http.NoContent;
import io.trunkline.http.Once;
import io.trunkline.http.Safe;
import java.util.Map;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.PATCH;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.QueryMap;

/** The operations of the {@link MiniPlatform}. */
interface MiniApi {

    @GET("me")
    @Safe("mini.me")
    ApiCall<Map<String, Object>> me();

    @GET("describe/{type}")
    @Safe("mini.describe")
    ApiCall<Map<String, Object>> describe(@Path("type") String type);

    @POST("{type}")
    @Once("mini.create")
    ApiCall<Map<String, Object>> create(@Path("type") String type, @Body Map<String, Object> fields);

    @POST("{type}")
    @Idempotent("mini.create")
    ApiCall<Map<String, Object>> createAgain(@Path("type") String type, @Body Map<String, Object> fields);

    @GET("{type}")
    @Safe("mini.find")
    ApiCall<Map<String, Object>> find(@Path("type") String type, @QueryMap Map<String, String> fields);

    @GET("{type}/{id}")
    @Safe("mini.get")
    ApiCall<Map<String, Object>> get(@Path("type") String type, @Path("id") String id);

    @PATCH("{type}/{id}")
    @Idempotent("mini.change")
    ApiCall<NoContent> change(
            @Path("type") String type,
            @Path("id") String id,
            @Query("version") String version,
            @Body Map<String, Object> fields);
}
