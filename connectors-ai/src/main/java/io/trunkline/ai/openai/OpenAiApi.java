package io.trunkline.ai.openai;

import io.trunkline.http.ApiCall;
import io.trunkline.http.Idempotent;
import io.trunkline.http.Safe;
import io.trunkline.http.ServerSentEvents;
import java.util.List;
import java.util.Map;
import okhttp3.MultipartBody;
import org.jspecify.annotations.Nullable;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.Multipart;
import retrofit2.http.POST;
import retrofit2.http.Part;

/** The operations that are used. Asking a model twice costs twice and changes nothing, so it may be repeated. */
interface OpenAiApi {

    @GET("models")
    @Safe("openai.models")
    ApiCall<OpenAiWire.Models> models();

    @POST("chat/completions")
    @Idempotent("openai.chat")
    ApiCall<OpenAiWire.Completion> chat(@Body Map<String, @Nullable Object> request);

    @POST("chat/completions")
    @Idempotent("openai.stream")
    ApiCall<ServerSentEvents> stream(@Body Map<String, @Nullable Object> request);

    @Multipart
    @POST("audio/transcriptions")
    @Idempotent("openai.transcribe")
    ApiCall<OpenAiWire.Transcription> transcribe(@Part List<MultipartBody.Part> form);
}
