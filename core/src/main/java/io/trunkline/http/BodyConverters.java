package io.trunkline.http;

import io.trunkline.mapping.Json;
import io.trunkline.mapping.JsonCodec;
import io.trunkline.mapping.SoapRequest;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Converter;
import retrofit2.Retrofit;

/** Request bodies as JSON; bodies of answers are read by {@link BodyReaders}, not by Retrofit. */
final class BodyConverters extends Converter.Factory {

    private static final Converter<SoapRequest, RequestBody> SOAP =
            request -> RequestBody.create(request.write(), MediaType.get(request.mediaType()));
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    @Override
    public @Nullable Converter<?, RequestBody> requestBodyConverter(
            Type type, Annotation[] parameter, Annotation[] method, Retrofit retrofit) {
        if (RequestBody.class.isAssignableFrom(getRawType(type))) {
            return null;
        }
        if (getRawType(type) == SoapRequest.class) {
            return SOAP;
        }
        return json(Json.codec(type));
    }

    private static <T> Converter<T, RequestBody> json(JsonCodec<T> codec) {
        return value -> RequestBody.create(codec.write(value), JSON);
    }

    @Override
    public @Nullable Converter<ResponseBody, ?> responseBodyConverter(
            Type type, Annotation[] annotations, Retrofit retrofit) {
        return null;
    }
}
