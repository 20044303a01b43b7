package io.trunkline.mapping;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON of no fixed shape, also where it must be an object; whole numbers become {@code Long} where they fit, all others
 * {@code BigDecimal}. Moshi's own maps are trees, which cost twice the time.
 */
final class DynamicValues extends JsonAdapter<Object> {

    private static final Type OBJECTS = Types.newParameterizedType(Map.class, String.class, Object.class);
    private static final JsonAdapter<Object> OBJECT = new DynamicValues(true).nullSafe();

    static final Factory FACTORY = new Factory() {
        @Override
        public @Nullable JsonAdapter<?> create(Type type, Set<? extends Annotation> annotations, Moshi moshi) {
            if (!annotations.isEmpty()) {
                return null;
            }
            return type == Object.class ? new DynamicValues(false) : OBJECTS.equals(type) ? OBJECT : null;
        }
    };

    private final boolean objectsAlone;

    private DynamicValues(boolean objectsAlone) {
        this.objectsAlone = objectsAlone;
    }

    @Override
    public @Nullable Object fromJson(JsonReader reader) throws IOException {
        return objectsAlone ? object(reader) : value(reader);
    }

    private @Nullable Object value(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader);
            case BEGIN_ARRAY -> array(reader);
            case STRING -> reader.nextString();
            case NUMBER -> number(reader.nextString());
            case BOOLEAN -> reader.nextBoolean();
            case NULL -> reader.nextNull();
            default -> throw new JsonDataException("a value was expected");
        };
    }

    private Map<String, @Nullable Object> object(JsonReader reader) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            int others = fields.size();
            fields.put(name, value(reader));
            if (fields.size() == others) {
                throw new JsonDataException("a name that stands twice");
            }
        }
        reader.endObject();
        return fields;
    }

    private List<@Nullable Object> array(JsonReader reader) throws IOException {
        List<@Nullable Object> items = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            items.add(value(reader));
        }
        reader.endArray();
        return items;
    }

    private static boolean fits(BigDecimal whole) {
        return whole.precision() <= 18 || whole.toBigInteger().bitLength() < Long.SIZE;
    }

    private static Object number(String text) {
        BigDecimal exact = Numbers.exact(text);
        boolean whole = text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
        return whole && fits(exact) ? (Object) exact.longValueExact() : exact;
    }

    @Override
    public void toJson(JsonWriter writer, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> fields) {
            writer.beginObject();
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                writer.name(String.valueOf(field.getKey()));
                toJson(writer, field.getValue());
            }
            writer.endObject();
        } else if (value instanceof Iterable<?> items) {
            writer.beginArray();
            for (Object item : items) {
                toJson(writer, item);
            }
            writer.endArray();
        } else {
            scalar(writer, value);
        }
    }

    private static void scalar(JsonWriter writer, @Nullable Object value) throws IOException {
        if (value == null) {
            said(writer);
        } else if (value instanceof Number number) {
            writer.value(number);
        } else if (value instanceof Boolean flag) {
            writer.value(flag);
        } else {
            writer.value(value.toString());
        }
    }

    /** Somebody who puts a null into a map means it: platforms clear a field by it. */
    private static void said(JsonWriter writer) throws IOException {
        boolean before = writer.getSerializeNulls();
        writer.setSerializeNulls(true);
        writer.nullValue();
        writer.setSerializeNulls(before);
    }
}
