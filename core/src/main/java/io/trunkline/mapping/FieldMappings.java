package io.trunkline.mapping;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The field mappings of a platform's types, said in one line of settings: {@code vip = VIP__c : boolean; severity =
 * Case.Severity__c}. A field without a type is one of the first type. Immutable.
 */
public final class FieldMappings {

    private final Map<String, FieldMapping> byType;

    private FieldMappings(Map<String, FieldMapping> byType) {
        this.byType = byType;
    }

    /**
     * Reads the mappings.
     *
     * @param types those that may be named before a field, the one that is meant without a name first
     * @param name refuses a platform's name that could not stand in a query, by an IllegalArgumentException
     * @throws IllegalArgumentException naming what is wrong
     */
    public static FieldMappings parse(String text, List<String> types, Consumer<String> name) {
        Pattern typed = Pattern.compile(
                types.stream().map(Pattern::quote).collect(Collectors.joining("|", "([^=]*=\\s*)(", ")\\.(.*)")));
        Map<String, FieldMapping> byType = new LinkedHashMap<>();
        for (String type : types) {
            // Other types' entries stay as empty ones, so that a complaint counts entries as the user does.
            FieldMapping mapping = FieldMapping.parse(Arrays.stream(text.split(";", -1))
                    .map(entry -> ofType(typed.matcher(entry), type, entry, types.get(0)))
                    .collect(Collectors.joining(";")));
            mapping.platformNames().forEach(name);
            byType.put(type, mapping);
        }
        return new FieldMappings(byType);
    }

    /** The mapping of a type; one that could not be named has none. */
    public FieldMapping of(String type) {
        return byType.getOrDefault(type, FieldMapping.none());
    }

    private static String ofType(Matcher typed, String type, String entry, String first) {
        if (!typed.matches()) {
            return type.equals(first) ? entry : "";
        }
        return typed.group(2).equals(type) ? typed.group(1) + typed.group(3) : "";
    }
}
