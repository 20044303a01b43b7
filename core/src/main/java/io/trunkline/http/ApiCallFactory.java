package io.trunkline.http;

import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.CallAdapter;
import retrofit2.Retrofit;

/** Lets Retrofit methods return {@link ApiCall}: Retrofit builds the request, {@link Calls} does all the rest. */
final class ApiCallFactory extends CallAdapter.Factory {

    private final Calls calls;

    ApiCallFactory(Calls calls) {
        this.calls = calls;
    }

    @Override
    public @Nullable CallAdapter<?, ?> get(Type returnType, Annotation[] annotations, Retrofit retrofit) {
        if (getRawType(returnType) != ApiCall.class) {
            return null;
        }
        Type bodyType = getParameterUpperBound(0, (ParameterizedType) returnType);
        return new Adapter<>(Operation.of(annotations), BodyReaders.of(bodyType), calls);
    }

    private record Adapter<R>(Operation operation, BodyReader<R> reader, Calls calls)
            implements CallAdapter<Object, ApiCall<R>> {

        @Override
        public Type responseType() {
            return ResponseBody.class;
        }

        @Override
        public ApiCall<R> adapt(Call<Object> call) {
            return new PreparedCall<>(operation, call, reader, calls);
        }
    }
}
