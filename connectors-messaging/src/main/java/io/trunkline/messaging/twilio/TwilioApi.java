package io.trunkline.messaging.twilio;

import io.trunkline.http.ApiCall;
import io.trunkline.http.Idempotent;
import io.trunkline.http.Once;
import io.trunkline.http.Safe;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import retrofit2.http.Field;
import retrofit2.http.FieldMap;
import retrofit2.http.FormUrlEncoded;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.Url;

/** The operations of the API that are used. */
interface TwilioApi {

    @GET("2010-04-01/Accounts/{account}.json")
    @Safe("twilio.account")
    ApiCall<TwilioWire.Account> account(@Path("account") String account);

    @FormUrlEncoded
    @POST("2010-04-01/Accounts/{account}/Messages.json")
    @Once("twilio.send")
    ApiCall<TwilioWire.Message> send(
            @Path("account") String account,
            @FieldMap Map<String, String> fields,
            @Field("MediaUrl") List<String> media);

    @GET("2010-04-01/Accounts/{account}/Messages/{message}.json")
    @Safe("twilio.get")
    ApiCall<TwilioWire.Message> get(@Path("account") String account, @Path("message") String message);

    @FormUrlEncoded
    @POST("2010-04-01/Accounts/{account}/Messages/{message}.json")
    @Idempotent("twilio.cancel")
    ApiCall<TwilioWire.Message> cancel(
            @Path("account") String account, @Path("message") String message, @Field("Status") String status);

    @GET("2010-04-01/Accounts/{account}/Messages.json")
    @Safe("twilio.list")
    ApiCall<TwilioWire.Messages> list(
            @Path("account") String account,
            @Query("To") @Nullable String to,
            @Query("From") @Nullable String from,
            @Query("DateSent>") @Nullable String since,
            @Query("PageSize") int pageSize);

    @GET
    @Safe("twilio.next-page")
    ApiCall<TwilioWire.Messages> next(@Url String nextPageUri);

    @GET("2010-04-01/Accounts/{account}/Messages/{message}/Media.json")
    @Safe("twilio.media")
    ApiCall<TwilioWire.MediaList> media(@Path("account") String account, @Path("message") String message);
}
