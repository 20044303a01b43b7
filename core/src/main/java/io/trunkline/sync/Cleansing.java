package io.trunkline.sync;

import io.trunkline.mapping.FieldMapping;
import io.trunkline.mapping.FieldType;
import io.trunkline.value.PhoneNumber;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A transform said step by step: rename and type fields, trim and tidy their values, look codes up in tables, compute
 * fields, keep some of them. Steps are done in the order in which they were named; a value that does not fit its step puts
 * the record aside. Immutable.
 */
public final class Cleansing implements Transform {

    private interface Step {
        boolean on(Map<String, @Nullable Object> fields);
    }

    private final List<Step> steps;

    private Cleansing(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** No step yet. */
    public static Cleansing begin() {
        return new Cleansing(List.of());
    }

    /** Renames and types fields by a mapping; the others keep the platform's names and values. */
    public Cleansing mapped(FieldMapping mapping) {
        return with(fields -> {
            Map<String, @Nullable Object> mapped = mapping.toHost(fields);
            fields.clear();
            fields.putAll(mapped);
            return true;
        });
    }

    /** Takes space away around texts and makes one space of several, in all fields; empty texts become null. */
    public Cleansing trimmed() {
        return with(fields -> {
            fields.replaceAll((name, value) -> value instanceof String text ? tidy(text) : value);
            return true;
        });
    }

    /**
     * Makes E.164 of a telephone number.
     *
     * @param region where numbers without a country code are at home, such as {@code CN}
     */
    public Cleansing phone(String field, String region) {
        return each(
                field,
                value -> PhoneNumber.find(value.toString(), region)
                        .map(PhoneNumber::e164)
                        .orElseThrow(() -> new PoisonException("field " + field + " is no telephone number")));
    }

    /** Makes an ISO date of a date that a platform writes in a form of its own, such as {@code dd.MM.yyyy}. */
    public Cleansing date(String field, String pattern) {
        DateTimeFormatter form = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        return each(field, value -> {
            try {
                return LocalDate.parse(value.toString(), form).toString();
            } catch (DateTimeException e) {
                throw new PoisonException("field " + field + " is no date of the form " + pattern);
            }
        });
    }

    /** Makes a value of a type of the host's. */
    public Cleansing typed(String field, FieldType type) {
        return each(field, value -> {
            try {
                return type.toHost(value);
            } catch (IllegalArgumentException e) {
                throw new PoisonException("field " + field + " " + e.getMessage());
            }
        });
    }

    /** Replaces codes by a table; a code that is not in it puts the record aside. */
    public Cleansing coded(String field, Map<String, String> table) {
        Map<String, String> own = Map.copyOf(table);
        return each(field, value -> {
            String meaning = own.get(value.toString());
            if (meaning == null) {
                throw new PoisonException("field " + field + " has a code that is not in its table");
            }
            return meaning;
        });
    }

    /** Sets a field to what a function makes of all fields. */
    public Cleansing computed(String field, Function<Map<String, @Nullable Object>, @Nullable Object> function) {
        return with(fields -> {
            fields.put(field, function.apply(fields));
            return true;
        });
    }

    /** Puts aside records in which a field is missing or null. */
    public Cleansing required(String field) {
        return with(fields -> {
            if (fields.get(field) == null) {
                throw new PoisonException("field " + field + " is missing");
            }
            return true;
        });
    }

    /** Keeps these fields alone. */
    public Cleansing only(Set<String> names) {
        Set<String> own = Set.copyOf(names);
        return with(fields -> {
            fields.keySet().retainAll(own);
            return true;
        });
    }

    /** Leaves out records that do not meet a condition. */
    public Cleansing where(Predicate<Map<String, @Nullable Object>> condition) {
        return with(condition::test);
    }

    @Override
    public Optional<Change> apply(Change record) {
        if (record.deleted()) {
            return Optional.of(record);
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(record.fields());
        for (Step step : steps) {
            if (!step.on(fields)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Change(record.ref(), false, record.changedAt(), fields));
    }

    private Cleansing each(String field, Function<Object, Object> change) {
        return with(fields -> {
            Object value = fields.get(field);
            if (value != null) {
                fields.put(field, change.apply(value));
            }
            return true;
        });
    }

    private Cleansing with(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Cleansing(more);
    }

    private static @Nullable String tidy(String text) {
        String tidy = text.strip().replaceAll("\\s+", " ");
        return tidy.isEmpty() ? null : tidy;
    }
}
