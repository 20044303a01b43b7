package io.trunkline.crm.requesttracker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reading the platform's rows: references are objects with an id, custom fields a list of objects with values. */
final class RequestTrackerRow {

    private RequestTrackerRow() {}

    /** A field's text; empty where there is none. */
    static String text(Map<String, @Nullable Object> row, String field) {
        Object value = row.get(field);
        return value == null ? "" : value.toString();
    }

    /** The id of the record that a field leads to, or of the first where it leads to several; empty if to none. */
    static String reference(Map<String, @Nullable Object> row, String field) {
        List<String> all = references(row, field);
        return all.isEmpty() ? "" : all.get(0);
    }

    /** The ids of the records that a field leads to. */
    static List<String> references(Map<String, @Nullable Object> row, String field) {
        Object value = row.get(field);
        List<?> values = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        List<String> ids = new ArrayList<>();
        for (Object one : values) {
            Object id = one instanceof Map<?, ?> map ? map.get("id") : one;
            if (id != null && !id.toString().isEmpty()) {
                ids.add(id.toString());
            }
        }
        return ids;
    }

    /** The people that a field leads to, with the fields that were asked for. */
    @SuppressWarnings("unchecked")
    static List<Map<String, @Nullable Object>> people(Map<String, @Nullable Object> row, String field) {
        List<Map<String, @Nullable Object>> people = new ArrayList<>();
        Object value = row.get(field);
        for (Object one : value instanceof List<?> list ? list : value == null ? List.of() : List.of(value)) {
            if (one instanceof Map<?, ?> map && "user".equals(map.get("type"))) {
                people.add((Map<String, @Nullable Object>) map);
            }
        }
        return people;
    }

    /** The values of one custom field. */
    static List<String> values(Map<String, @Nullable Object> row, String field) {
        Object value = customFields(row).get(field);
        List<?> values = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        return values.stream().map(String::valueOf).toList();
    }

    /** A list of custom fields in an order that stays, where the server gives it in another one each time. */
    static Object inOneOrder(Object customFields) {
        return customFields instanceof List<?> list
                ? list.stream()
                        .sorted(Comparator.comparing(field -> field instanceof Map<?, ?> one ? one.get("id") + "" : ""))
                        .toList()
                : customFields;
    }

    /** Custom fields by name: one value as it is, several as a list, none left out. */
    static Map<String, @Nullable Object> customFields(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (row.get("CustomFields") instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof Map<?, ?> field
                        && field.get("name") instanceof String name
                        && field.get("values") instanceof List<?> values
                        && !values.isEmpty()) {
                    fields.put(name, values.size() == 1 ? values.get(0) : List.copyOf(values));
                }
            }
        }
        return fields;
    }
}
