package io.trunkline.mapping;

import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The library's JSON: one set of adapters with bounds, from which codecs for types are had. Thread-safe. */
public final class Json {

    private static final Moshi MOSHI =
            new Moshi.Builder().add(new Numbers()).add(DynamicValues.FACTORY).build();

    private static final JsonCodec<Object> DYNAMIC = codec(Object.class);

    private Json() {}

    /** The codec of a class. */
    public static <T> JsonCodec<T> codec(Class<T> type) {
        return codec((Type) type);
    }

    /**
     * The codec of a generic type, such as a list of records.
     *
     * @throws IllegalArgumentException if the type cannot be bound; wire records must be public
     */
    public static <T> JsonCodec<T> codec(Type type) {
        Set<String> names = new HashSet<>();
        collectNames(type, names, new HashSet<>());
        return new JsonCodec<>(MOSHI.<T>adapter(type), new JsonPaths(names));
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

    private static void collectNames(Type type, Set<String> names, Set<Type> seen) {
        if (!seen.add(type)) {
            return;
        }
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collectNames(argument, names, seen);
            }
        } else if (type instanceof GenericArrayType array) {
            collectNames(array.getGenericComponentType(), names, seen);
        }
        RecordComponent[] components = Types.getRawType(type).getRecordComponents();
        if (components != null) {
            for (RecordComponent component : components) {
                names.add(jsonName(component));
                collectNames(component.getGenericType(), names, seen);
            }
        }
    }

    private static String jsonName(RecordComponent component) {
        com.squareup.moshi.Json annotation = component.getAnnotation(com.squareup.moshi.Json.class);
        return annotation == null ? component.getName() : annotation.name();
    }
}
