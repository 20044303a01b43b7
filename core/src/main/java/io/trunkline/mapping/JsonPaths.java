package io.trunkline.mapping;

import com.squareup.moshi.Types;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows where in a document something was wrong, with every name that is not of the schema replaced by a star. */
final class JsonPaths {

    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");
    private static final Pattern DOT = Pattern.compile("\\.");

    private final Set<String> schemaNames;

    private JsonPaths(Set<String> schemaNames) {
        this.schemaNames = schemaNames;
    }

    static JsonPaths of(Type type) {
        Set<String> names = new HashSet<>();
        collectNames(type, names, new HashSet<>());
        return new JsonPaths(names);
    }

    String masked(String path) {
        if (path.length() > 1000) {
            return "$.*";
        }
        return Stream.of(DOT.split(INDEX.matcher(path).replaceAll("[*]")))
                .map(this::known)
                .collect(Collectors.joining("."));
    }

    private String known(String part) {
        int bracket = part.indexOf('[');
        String name = bracket < 0 ? part : part.substring(0, bracket);
        boolean shown = name.equals("$") || name.isEmpty() || schemaNames.contains(name);
        return shown ? part : "*" + (bracket < 0 ? "" : "[*]");
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
