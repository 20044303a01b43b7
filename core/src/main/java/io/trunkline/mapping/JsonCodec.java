package io.trunkline.mapping;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonEncodingException;
import com.squareup.moshi.JsonReader;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Type;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes one type as JSON within bounds: numbers of at most 64 characters, at most 255 levels, one document
 * and nothing after it. Thread-safe.
 *
 * @param <T> the type
 */
public final class JsonCodec<T> {

    private final Type type;
    private volatile @Nullable JsonAdapter<T> made;

    JsonCodec(Type type) {
        this.type = type;
    }

    /** Made at the first use, twice at worst: an application that opens ten connections waits for none of their types. */
    private JsonAdapter<T> adapter() {
        JsonAdapter<T> adapter = made;
        if (adapter == null) {
            adapter = JsonAdapters.of(type);
            made = adapter;
        }
        return adapter;
    }

    /**
     * The value of a document.
     *
     * @throws MalformedDataException if it is not one JSON document of the type
     */
    public T read(byte[] json) {
        try {
            return read(new Buffer().write(json));
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be read", e);
        }
    }

    /**
     * The value of a document that is still arriving.
     *
     * @throws MalformedDataException if it is not one JSON document of the type
     * @throws IOException if the source fails
     */
    public T read(BufferedSource source) throws IOException {
        if (source.rangeEquals(0, JsonAdapters.BOM)) {
            source.skip(JsonAdapters.BOM.size());
        }
        JsonReader reader = JsonReader.of(Okio.buffer(new NumberGuard(source)));
        try {
            T value = adapter().fromJson(reader);
            if (reader.peek() != JsonReader.Token.END_DOCUMENT) {
                throw malformed("more than one document", reader);
            }
            return present(value);
        } catch (JsonDataException | JsonEncodingException e) {
            throw malformed(kind(e), reader);
        } catch (EOFException e) {
            throw malformed("the document is empty or cut off", reader);
        } catch (AssertionError e) {
            throw malformed("a value that its record refuses", reader);
        }
    }

    /**
     * The value as one JSON document in UTF-8, nulls left out.
     *
     * @throws IllegalArgumentException if it has more than 255 levels, or a number that JSON cannot hold
     */
    public byte[] write(T value) {
        Buffer buffer = new Buffer();
        try {
            adapter().toJson(buffer, value);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        } catch (JsonDataException e) {
            throw new IllegalArgumentException("the value has more levels than JSON may have");
        }
        return buffer.readByteArray();
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new MalformedDataException("JSON null where a value is required");
        }
        return value;
    }

    private MalformedDataException malformed(String what, JsonReader reader) {
        return new MalformedDataException("JSON at " + JsonPaths.of(type).masked(reader.getPath()) + ": " + what);
    }

    private static String kind(Exception e) {
        String text = e.getMessage() == null ? "" : e.getMessage();
        if (text.startsWith("a number") || text.startsWith("not a number") || text.startsWith("a name")) {
            return text;
        }
        if (text.startsWith("Nesting too deep")) {
            return "nesting too deep";
        }
        if (text.startsWith("Required value")) {
            return "a required value is missing";
        }
        if (text.startsWith("Map key")) {
            return "a name that stands twice";
        }
        return e instanceof JsonDataException ? "a value of another type than documented" : "not well-formed";
    }
}
