package io.trunkline.mapping;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import java.lang.reflect.Type;
import okio.ByteString;

/** The one set of adapters with bounds. */
final class JsonAdapters {

    /** The byte order mark that some platforms put before UTF-8. */
    static final ByteString BOM = ByteString.decodeHex("efbbbf");

    private static final Moshi MOSHI =
            new Moshi.Builder().add(new Numbers()).add(DynamicValues.FACTORY).build();

    private JsonAdapters() {}

    static <T> JsonAdapter<T> of(Type type) {
        return MOSHI.adapter(type);
    }
}
