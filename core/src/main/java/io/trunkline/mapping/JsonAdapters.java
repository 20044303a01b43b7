package io.trunkline.mapping;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import io.trunkline.value.Secret;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** The one set of adapters with bounds. */
final class JsonAdapters {

    /** The byte order mark that some platforms put before UTF-8. */
    static final ByteString BOM = ByteString.decodeHex("efbbbf");

    private static final Moshi MOSHI = new Moshi.Builder()
            .add(JsonAdapters::refusing)
            .add(new Numbers())
            .add(DynamicValues.FACTORY)
            .build();

    private JsonAdapters() {}

    /** A secret that got into a wire record by mistake must not leave through its fields. */
    private static @Nullable JsonAdapter<?> refusing(Type type, Set<? extends Annotation> annotations, Moshi moshi) {
        if (type == Secret.class) {
            throw new IllegalArgumentException("a Secret is no part of a document; put its text in where it is sent");
        }
        return null;
    }

    static <T> JsonAdapter<T> of(Type type) {
        return MOSHI.adapter(type);
    }
}
