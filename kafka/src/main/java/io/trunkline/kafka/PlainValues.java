package io.trunkline.kafka;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values of fields as JSON knows them: texts, numbers, flags, lists and objects of these. */
final class PlainValues {

    private static final int DEEPEST = 100;

    private final Function<Number, Object> numbers;

    private PlainValues(Function<Number, Object> numbers) {
        this.numbers = numbers;
    }

    /** With numbers of any size and precision. */
    static Map<String, @Nullable Object> exact(Map<String, @Nullable Object> fields) throws UnfitRecordException {
        return new PlainValues(number -> number).object(fields, 0);
    }

    /**
     * With the numbers that Connect knows without a schema: {@code Long} and {@code Double}. One that neither holds
     * exactly becomes a text, because a sum of money that is nearly right is wrong.
     */
    static Map<String, @Nullable Object> schemaless(Map<String, @Nullable Object> fields) throws UnfitRecordException {
        return new PlainValues(PlainValues::connectNumber).object(fields, 0);
    }

    private Map<String, @Nullable Object> object(Map<?, ?> fields, int depth) throws UnfitRecordException {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            if (!(field.getKey() instanceof String name)) {
                throw new UnfitRecordException("an object in it has a name that is no text");
            }
            try {
                plain.put(name, value(field.getValue(), depth + 1));
            } catch (UnfitRecordException e) {
                // The outermost name is the field's; what lies below may be somebody's data.
                throw depth == 0 ? new UnfitRecordException("field " + name + ": " + e.getMessage()) : e;
            }
        }
        return plain;
    }

    private @Nullable Object value(@Nullable Object value, int depth) throws UnfitRecordException {
        if (depth > DEEPEST) {
            throw new UnfitRecordException("more than " + DEEPEST + " levels");
        }
        if (value == null || value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Map<?, ?> fields) {
            return object(fields, depth);
        }
        if (value instanceof Collection<?> items) {
            return list(items, depth);
        }
        if (value instanceof TemporalAccessor
                || value instanceof Enum<?>
                || value instanceof URI
                || value instanceof UUID) {
            return value.toString();
        }
        throw new UnfitRecordException("a " + value.getClass().getSimpleName() + " is no value of a document");
    }

    private List<@Nullable Object> list(Collection<?> items, int depth) throws UnfitRecordException {
        List<@Nullable Object> plain = new ArrayList<>(items.size());
        for (Object item : items) {
            plain.add(value(item, depth + 1));
        }
        return plain;
    }

    private Object number(Number number) throws UnfitRecordException {
        boolean real = number instanceof Double || number instanceof Float;
        if (real && !Double.isFinite(number.doubleValue())) {
            throw new UnfitRecordException("a number that is none");
        }
        return numbers.apply(number);
    }

    private static Object connectNumber(Number number) {
        if (number instanceof Double || number instanceof Float) {
            return number.doubleValue();
        }
        if (number instanceof BigDecimal exact) {
            return decimal(exact);
        }
        if (number instanceof BigInteger whole) {
            return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole.toString();
        }
        return number.longValue();
    }

    private static Object decimal(BigDecimal exact) {
        double near = exact.doubleValue();
        boolean same = Double.isFinite(near) && BigDecimal.valueOf(near).compareTo(exact) == 0;
        return same ? (Object) near : exact.toString();
    }
}
