package io.trunkline.http;

import io.trunkline.mapping.Json;
import io.trunkline.mapping.JsonCodec;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.mapping.SoapAnswer;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import okhttp3.Response;
import okio.BufferedSource;

/** The readers of the body types that an {@link ApiCall} may have. */
final class BodyReaders {

    static final BodyReader<byte[]> BYTES = (response, limit) -> limit.bytes(response.body());

    private static final BodyReader<NoContent> NONE = (response, limit) -> {
        refuseWebPage(response);
        return NoContent.INSTANCE;
    };
    private static final BodyReader<String> TEXT =
            (response, limit) -> new String(limit.bytes(response.body()), StandardCharsets.UTF_8);

    private static final BodyReader<SoapAnswer> SOAP =
            (response, limit) -> SoapAnswer.parse(limit.bytes(response.body()));

    private BodyReaders() {}

    @SuppressWarnings("unchecked") // Each branch has looked at the type.
    static <R> BodyReader<R> of(Type type) {
        if (type == NoContent.class) {
            return (BodyReader<R>) NONE;
        }
        if (type == byte[].class) {
            return (BodyReader<R>) BYTES;
        }
        if (type == String.class) {
            return (BodyReader<R>) TEXT;
        }
        if (type == ServerSentEvents.class) {
            return (BodyReader<R>) ServerSentEvents.READER;
        }
        if (type == SoapAnswer.class) {
            return (BodyReader<R>) SOAP;
        }
        return new JsonReader<>(Json.codec(type));
    }

    /** A log-in wall or a proxy answers with status 200 too, and nothing was done. */
    private static void refuseWebPage(Response response) {
        String type = response.header("Content-Type");
        if (type != null && type.toLowerCase(Locale.ROOT).contains("html")) {
            throw new MalformedDataException("unexpected-html: a web page where an answer was expected");
        }
    }

    private record JsonReader<R>(JsonCodec<R> codec) implements BodyReader<R> {

        @Override
        public R read(Response response, BodyLimit limit) throws IOException {
            refuseWebPage(response);
            try (BufferedSource source = limit.source(response.body())) {
                if (source.request(1) && source.getBuffer().getByte(0) == '<') {
                    throw new MalformedDataException("unexpected-html: markup where JSON was expected");
                }
                return codec.read(source);
            }
        }
    }
}
