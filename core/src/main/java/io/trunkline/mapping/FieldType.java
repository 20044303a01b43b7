package io.trunkline.mapping;

import com.squareup.moshi.JsonDataException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;

/** The type of a mapped custom field: what the host gives and gets. */
public enum FieldType {
    /** {@link String}. */
    TEXT,
    /** {@link BigDecimal}. */
    NUMBER,
    /** {@link Boolean}. */
    BOOLEAN,
    /** {@link LocalDate}. */
    DATE,
    /** {@link Instant}. */
    TIME;

    /** The host's value of this type. Throws {@link IllegalArgumentException} that does not repeat the value. */
    public Object toHost(Object value) {
        String text = value.toString().strip();
        try {
            return switch (this) {
                case TEXT -> value.toString();
                case NUMBER -> Numbers.exact(text);
                case BOOLEAN -> flag(text);
                case DATE -> date(text);
                case TIME -> value instanceof Instant ? value : time(text);
            };
        } catch (DateTimeException | JsonDataException e) {
            throw new IllegalArgumentException("is not a " + name().toLowerCase(Locale.ROOT));
        }
    }

    /** The platform's form of the host's value, fit for JSON: dates and times in ISO 8601. */
    public Object toPlatform(Object value) {
        Object host = toHost(value);
        return this == DATE || this == TIME ? host.toString() : host;
    }

    private static Boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default -> throw new IllegalArgumentException("is not a boolean");
        };
    }

    /** Some platforms give a day with the time at which it begins. */
    private static LocalDate date(String text) {
        boolean timed = text.length() > 10 && (text.charAt(10) == 'T' || text.charAt(10) == ' ');
        return LocalDate.parse(timed ? text.substring(0, 10) : text);
    }

    private static Instant time(String text) {
        // Some platforms write the offset without its colon, which ISO 8601 allows and Java's parser does not.
        int sign = text.length() - 5;
        boolean plain = sign > 10 && (text.charAt(sign) == '+' || text.charAt(sign) == '-');
        String iso = plain ? text.substring(0, sign + 3) + ":" + text.substring(sign + 3) : text;
        return OffsetDateTime.parse(iso).toInstant();
    }
}
