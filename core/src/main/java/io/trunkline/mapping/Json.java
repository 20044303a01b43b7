package io.trunkline.mapping;

import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The library's JSON: one set of adapters with bounds, from which codecs for types are had. Thread-safe. */
public final class Json {

    private static final JsonCodec<Object> DYNAMIC = codec(Object.class);

    private Json() {}

    /** The codec of a class. */
    public static <T> JsonCodec<T> codec(Class<T> type) {
        return codec((Type) type);
    }

    /**
     * The codec of a generic type, such as a list of records. Wire records must be public; one that is not is an {@link
     * IllegalArgumentException} of the codec's first use.
     */
    public static <T> JsonCodec<T> codec(Type type) {
        return new JsonCodec<>(type);
    }

    /**
     * The object that a document holds, of no fixed shape; whole numbers are {@code Long}, others {@code BigDecimal}.
     *
     * @throws MalformedDataException if the document is not one JSON object
     */
    @SuppressWarnings("unchecked") // The dynamic adapter makes maps with text keys and nothing else of objects.
    public static Map<String, @Nullable Object> object(byte[] json) {
        Object value = DYNAMIC.read(json);
        if (value instanceof Map<?, ?> fields) {
            return (Map<String, @Nullable Object>) fields;
        }
        throw new MalformedDataException("JSON at $: an object was expected");
    }

    /** A value of maps, lists, texts, numbers and flags as one document in UTF-8. */
    public static byte[] write(Object value) {
        return DYNAMIC.write(value);
    }
}
