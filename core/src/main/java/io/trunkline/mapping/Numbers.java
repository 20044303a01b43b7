package io.trunkline.mapping;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Adapters that look at a number's length before they parse it: Moshi's own take time that grows with the square of the
 * digits.
 */
final class Numbers implements JsonAdapter.Factory {

    static final int LONGEST = 64;

    private static final Map<Type, Function<String, Object>> PARSERS = Map.of(
            Integer.class, text -> exact(text).intValueExact(),
            int.class, text -> exact(text).intValueExact(),
            Long.class, text -> exact(text).longValueExact(),
            long.class, text -> exact(text).longValueExact(),
            Double.class, Numbers::finite,
            double.class, Numbers::finite,
            BigDecimal.class, Numbers::exact,
            BigInteger.class, text -> exact(text).toBigIntegerExact());

    @Override
    public @Nullable JsonAdapter<?> create(Type type, Set<? extends Annotation> annotations, Moshi moshi) {
        Function<String, Object> parser = PARSERS.get(type);
        return parser == null || !annotations.isEmpty() ? null : new NumberAdapter(parser).nullSafe();
    }

    static BigDecimal exact(String text) {
        if (text.length() > LONGEST) {
            throw new JsonDataException("a number of more than " + LONGEST + " characters");
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) > 400) {
                throw new JsonDataException("a number of an absurd size");
            }
            return number;
        } catch (NumberFormatException e) {
            throw new JsonDataException("not a number");
        }
    }

    private static Double finite(String text) {
        double number = exact(text).doubleValue();
        if (Double.isInfinite(number)) {
            throw new JsonDataException("a number of an absurd size");
        }
        return number;
    }

    private static final class NumberAdapter extends JsonAdapter<Object> {

        private final Function<String, Object> parser;

        NumberAdapter(Function<String, Object> parser) {
            this.parser = parser;
        }

        @Override
        public Object fromJson(JsonReader reader) throws IOException {
            if (reader.peek() != JsonReader.Token.NUMBER && reader.peek() != JsonReader.Token.STRING) {
                throw new JsonDataException("not a number");
            }
            try {
                return parser.apply(reader.nextString());
            } catch (ArithmeticException e) {
                throw new JsonDataException("a number that does not fit its field");
            }
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable Object value) throws IOException {
            writer.value((Number) value);
        }
    }
}
