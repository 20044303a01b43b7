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
import java.util.Arrays;
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
    private static final Type ROWS = Types.newParameterizedType(List.class, Row.class);
    private static final Map<Type, JsonAdapter<Object>> ADAPTERS = Map.of(
            Object.class,
            new DynamicValues(Form.ANYTHING),
            OBJECTS,
            new DynamicValues(Form.OBJECT).nullSafe(),
            ROWS,
            new DynamicValues(Form.ROWS).nullSafe());

    static final Factory FACTORY = new Factory() {
        @Override
        public @Nullable JsonAdapter<?> create(Type type, Set<? extends Annotation> annotations, Moshi moshi) {
            return annotations.isEmpty() ? ADAPTERS.get(type) : null;
        }
    };

    private enum Form {
        ANYTHING,
        OBJECT,
        ROWS
    }

    private static final String TWICE = "a name that stands twice";
    private static final Object UNREAD = new Object();

    /** With more, looking for a name that is not among them would cost more than reading it. */
    private static final int MOST_SHARED = 100;

    private final Form form;

    private DynamicValues(Form form) {
        this.form = form;
    }

    @Override
    public @Nullable Object fromJson(JsonReader reader) throws IOException {
        return switch (form) {
            case ANYTHING -> value(reader, null);
            case OBJECT -> object(reader);
            case ROWS -> rows(reader);
        };
    }

    private @Nullable Object value(JsonReader reader, @Nullable RowNames names) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> names == null ? object(reader) : row(reader, names);
            case BEGIN_ARRAY -> array(reader);
            case STRING -> reader.nextString();
            case NUMBER -> number(reader.nextString());
            case BOOLEAN -> reader.nextBoolean();
            case NULL -> reader.nextNull();
            default -> throw new JsonDataException("a value was expected");
        };
    }

    private Map<String, @Nullable Object> object(JsonReader reader) throws IOException {
        reader.beginObject();
        return rest(reader, new LinkedHashMap<>());
    }

    private Map<String, @Nullable Object> rest(JsonReader reader, Map<String, @Nullable Object> fields)
            throws IOException {
        while (reader.hasNext()) {
            String name = reader.nextName();
            int others = fields.size();
            fields.put(name, value(reader, null));
            if (fields.size() == others) {
                throw new JsonDataException(TWICE);
            }
        }
        reader.endObject();
        return fields;
    }

    private List<@Nullable Object> array(JsonReader reader) throws IOException {
        List<@Nullable Object> items = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            items.add(value(reader, null));
        }
        reader.endArray();
        return items;
    }

    private List<Row> rows(JsonReader reader) throws IOException {
        List<Row> rows = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            boolean known = !rows.isEmpty() && rows.get(0).size() <= MOST_SHARED;
            rows.add(known ? row(reader, rows.get(0).names()) : Row.of(object(reader)));
        }
        reader.endArray();
        return rows;
    }

    /** A row that most likely has the names of another: they are recognised in the bytes, and neither read nor hashed. */
    private Row row(JsonReader reader, RowNames names) throws IOException {
        @Nullable Object[] values = new Object[names.size()];
        Arrays.fill(values, UNREAD);
        int read = 0;
        reader.beginObject();
        while (reader.hasNext()) {
            int place = names.next(reader);
            if (place < 0) {
                return Row.of(rest(reader, told(names, values)));
            }
            if (values[place] != UNREAD) {
                throw new JsonDataException(TWICE);
            }
            values[place] = value(reader, names.under(place));
            read++;
        }
        reader.endObject();
        return read == values.length ? new Row(names, values) : Row.of(told(names, values));
    }

    private static Map<String, @Nullable Object> told(RowNames names, @Nullable Object[] values) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != UNREAD) {
                fields.put(names.name(i), values[i]);
            }
        }
        return fields;
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
