package io.trunkline.auth;

import io.trunkline.http.ApiCall;
import io.trunkline.http.Idempotent;
import io.trunkline.http.Once;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import retrofit2.http.FieldMap;
import retrofit2.http.FormUrlEncoded;
import retrofit2.http.Headers;
import retrofit2.http.POST;
import retrofit2.http.Url;

/** The token endpoint. */
interface TokenApi {

    @FormUrlEncoded
    @Headers("Accept: application/json")
    @POST
    @Idempotent("oauth.token")
    ApiCall<Map<String, @Nullable Object>> repeatable(@Url String endpoint, @FieldMap Map<String, String> form);

    @FormUrlEncoded
    @Headers("Accept: application/json")
    @POST
    @Once("oauth.refresh")
    ApiCall<Map<String, @Nullable Object>> once(@Url String endpoint, @FieldMap Map<String, String> form);
}
