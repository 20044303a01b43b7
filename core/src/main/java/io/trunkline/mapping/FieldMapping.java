package io.trunkline.mapping;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which of the host's names stand for which custom fields of a platform, with type and default, said in one line of
 * settings: {@code vip = VIP__c : boolean = false; tier = Tier__c}. Fields without a mapping keep the platform's name
 * and value.
 */
public final class FieldMapping {

    /** A platform's name may hold spaces and any letters, because people type such names; whether it may, a connector says. */
    private static final String PLATFORM = "([\\p{L}\\p{N}_.-](?:[\\p{L}\\p{N}_ .-]{0,126}[\\p{L}\\p{N}_.-])?)";

    private static final Pattern ENTRY = Pattern.compile(
            "\\s*([\\w.-]{1,64})\\s*=\\s*" + PLATFORM + "\\s*(?::\\s*([a-z]{1,16})\\s*(?:=\\s*(.{0,256}?)\\s*)?)?");

    private record Field(
            String host,
            String platform,
            FieldType type,
            @Nullable Object defaultValue) {}

    private final Map<String, Field> byHost = new LinkedHashMap<>();
    private final Map<String, Field> byPlatform = new LinkedHashMap<>();

    private FieldMapping() {}

    /** No mapping: every field keeps the platform's name. */
    public static FieldMapping none() {
        return new FieldMapping();
    }

    /**
     * Reads a mapping.
     *
     * @throws IllegalArgumentException naming every entry that is wrong
     */
    public static FieldMapping parse(String text) {
        FieldMapping mapping = new FieldMapping();
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String entry : text.split(";", -1)) {
            number++;
            if (!entry.isBlank()) {
                mapping.add(entry, number, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return mapping;
    }

    /** The platform's fields that are mapped, so that a query can ask for them. */
    public Set<String> platformNames() {
        return Collections.unmodifiableSet(byPlatform.keySet());
    }

    /**
     * The fields to write: the host's names and types become the platform's.
     *
     * @throws IllegalArgumentException naming a field whose value does not fit its type, or that is given by both names
     */
    public Map<String, @Nullable Object> toPlatform(Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> mapped = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            Field field = byHost.get(name);
            String platform = field == null ? name : field.platform();
            if (mapped.containsKey(platform)) {
                throw new IllegalArgumentException(
                        "custom field " + platform + " is given twice, by both of its names");
            }
            mapped.put(platform, field == null || value == null ? value : converted(field, value, true));
        });
        return mapped;
    }

    /** The fields as read: the platform's names and types become the host's, and absent ones get their default. */
    public Map<String, @Nullable Object> toHost(Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> mapped = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            Field field = byPlatform.get(name);
            if (field == null) {
                // A field that the platform happens to call as the host calls another one must not stand in for it.
                if (!byHost.containsKey(name)) {
                    mapped.put(name, value);
                }
            } else if (value != null) {
                mapped.put(field.host(), converted(field, value, false));
            }
        });
        byHost.forEach((host, field) -> mapped.putIfAbsent(host, field.defaultValue()));
        return mapped;
    }

    private void add(String entry, int number, List<String> problems) {
        Matcher matcher = ENTRY.matcher(entry);
        if (!matcher.matches()) {
            problems.add("entry " + number + " is not of the form host = platform : type = default");
            return;
        }
        try {
            FieldType type = matcher.group(3) == null
                    ? FieldType.TEXT
                    : FieldType.valueOf(matcher.group(3).toUpperCase(Locale.ROOT));
            Object defaultValue = matcher.group(4) == null ? null : type.toHost(matcher.group(4));
            Field field = new Field(matcher.group(1), matcher.group(2), type, defaultValue);
            if (byHost.put(field.host(), field) != null || byPlatform.put(field.platform(), field) != null) {
                problems.add("entry " + number + " maps a field a second time");
            }
        } catch (IllegalArgumentException e) {
            problems.add("entry " + number + " has an unknown type or a default that does not fit it");
        }
    }

    private static Object converted(Field field, Object value, boolean toPlatform) {
        try {
            return toPlatform ? field.type().toPlatform(value) : field.type().toHost(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("custom field " + field.host() + " " + e.getMessage());
        }
    }
}
