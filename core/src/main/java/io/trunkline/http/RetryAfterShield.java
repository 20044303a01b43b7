package io.trunkline.http;

import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/**
 * Stands between the wire and OkHttp's own follow-up logic: hides {@code Retry-After}, on which OkHttp would send a 503
 * again by itself or fail on a number too large, counts the bytes of compressed bodies, and refuses an answer that claims
 * two lengths.
 */
final class RetryAfterShield implements Interceptor {

    static final String REAL = "Retry-After";
    static final String SHIELDED = "X-Trunkline-Retry-After";

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        if (response.headers("Content-Length").stream().distinct().count() > 1) {
            response.close();
            throw new ProtocolException("an answer of two lengths");
        }
        boolean compressed = response.header("Content-Encoding") != null;
        if (response.header(REAL) == null && !compressed) {
            return response;
        }
        Response.Builder builder = response.newBuilder();
        response.headers(REAL).forEach(value -> builder.addHeader(SHIELDED, value));
        builder.removeHeader(REAL);
        AttemptState state = chain.request().tag(AttemptState.class);
        if (compressed && state != null) {
            builder.body(counted(response.body(), state));
        }
        return builder.build();
    }

    private static ResponseBody counted(ResponseBody body, AttemptState state) {
        Source counting = new ForwardingSource(body.source()) {
            @Override
            public long read(Buffer sink, long byteCount) throws IOException {
                long read = super.read(sink, byteCount);
                if (read > 0) {
                    state.addWireBytes(read);
                }
                return read;
            }
        };
        return ResponseBody.create(Okio.buffer(counting), body.contentType(), body.contentLength());
    }
}
