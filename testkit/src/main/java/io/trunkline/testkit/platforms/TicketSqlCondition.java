package io.trunkline.testkit.platforms;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition of the query language as the server reads it: times in its user's zone, {@code =} on a time meaning the
 * whole day, texts without regard to case. What is left over or mixes AND with OR without brackets is malformed here,
 * though the server takes more.
 */
final class TicketSqlCondition {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*('(?:[^'\\\\]|\\\\.)*'|CF\\.\\{[^}]+}|[A-Za-z]+(?:\\.[A-Za-z]+)?|[0-9]+|>=|<=|[=<>()])",
            Pattern.DOTALL);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final Set<String> TIMES = Set.of("Created", "LastUpdated", "Resolved");
    private static final Set<String> NUMBERS = Set.of("id", "ObjectId", "Priority");
    private static final Set<String> TEXTS =
            Set.of("Subject", "Status", "Queue", "ObjectType", "Type", "Field", "NewValue");
    private static final Set<String> ACTIVE = Set.of("new", "open", "stalled");

    private final List<String> tokens = new ArrayList<>();
    private final RequestTrackerRecords records;
    private final ZoneId zone;
    private int at;

    private TicketSqlCondition(String text, RequestTrackerRecords records, ZoneId zone) {
        this.records = records;
        this.zone = zone;
        Matcher token = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!token.find(end) || token.start() != end) {
                throw new IllegalArgumentException("malformed condition");
            }
            tokens.add(token.group(1));
            end = token.end();
        }
    }

    /** Which rows a condition means. Throws {@link IllegalArgumentException} if it is malformed. */
    static Predicate<Map<String, Object>> read(String text, RequestTrackerRecords records, ZoneId zone) {
        TicketSqlCondition condition = new TicketSqlCondition(text, records, zone);
        Predicate<Map<String, Object>> read = condition.all();
        if (condition.at != condition.tokens.size()) {
            throw new IllegalArgumentException("malformed condition");
        }
        return read;
    }

    private Predicate<Map<String, Object>> all() {
        Predicate<Map<String, Object>> left = one();
        String operator = peek();
        while (peek().equals("AND") || peek().equals("OR")) {
            if (!next().equals(operator)) {
                throw new IllegalArgumentException("AND and OR are mixed");
            }
            Predicate<Map<String, Object>> right = one();
            left = operator.equals("AND") ? left.and(right) : left.or(right);
        }
        return left;
    }

    private Predicate<Map<String, Object>> one() {
        if (peek().equals("(")) {
            at++;
            Predicate<Map<String, Object>> inside = all();
            if (!next().equals(")")) {
                throw new IllegalArgumentException("a bracket is open");
            }
            return inside;
        }
        return compared(next(), next(), next());
    }

    private Predicate<Map<String, Object>> compared(String field, String operator, String literal) {
        String value = literal.startsWith("'")
                ? literal.substring(1, literal.length() - 1).replaceAll("(?s)\\\\(.)", "$1")
                : literal;
        if (TIMES.contains(field)) {
            return timed(
                    field,
                    operator,
                    LocalDateTime.parse(value, TIME).atZone(zone).toInstant());
        }
        if (NUMBERS.contains(field)) {
            long number = Long.parseLong(value);
            return row -> fits(operator, Long.compare(Long.parseLong(String.valueOf(row.get(field))), number));
        }
        if (field.equals("Status") && value.equals("__Active__")) {
            return row -> ACTIVE.contains(String.valueOf(row.get("Status")));
        }
        Predicate<String> fits = texts(operator, value);
        if (field.startsWith("CF.{")) {
            String name = field.substring(4, field.length() - 1);
            return row -> RequestTrackerRecords.customValues(row, name).stream().anyMatch(fits);
        }
        if (field.startsWith("Requestor.")) {
            String its = field.substring("Requestor.".length());
            return row -> records.people(row, "Requestor").stream()
                    .anyMatch(user -> fits.test(String.valueOf(user.get(its))));
        }
        if (!TEXTS.contains(field)) {
            throw new IllegalArgumentException("unknown field");
        }
        return row -> fits.test(String.valueOf(row.getOrDefault(field, "")));
    }

    /** Times as texts, all of one length: thousands of rows are compared for each page. */
    private static Predicate<Map<String, Object>> timed(String field, String operator, Instant value) {
        if (operator.equals("=")) {
            Instant day =
                    value.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).toInstant();
            return timed(field, ">=", day).and(timed(field, "<", day.plus(1, ChronoUnit.DAYS)));
        }
        String text = value.toString();
        return row -> fits(operator, String.valueOf(row.get(field)).compareTo(text));
    }

    /** Texts by {@code =} or {@code LIKE}, whose wildcard also stands at both ends. */
    static Predicate<String> texts(String operator, String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (operator.equals("=")) {
            return text -> text.toLowerCase(Locale.ROOT).equals(lower);
        }
        if (!operator.equals("LIKE")) {
            throw new IllegalArgumentException("operator does not fit a text");
        }
        StringBuilder pattern = new StringBuilder();
        for (String part : lower.split("%", -1)) {
            pattern.append(pattern.length() == 0 ? "" : ".*").append(Pattern.quote(part));
        }
        Pattern like = Pattern.compile(pattern.toString(), Pattern.DOTALL);
        return text -> like.matcher(text.toLowerCase(Locale.ROOT)).find();
    }

    private static boolean fits(String operator, int compared) {
        return switch (operator) {
            case "=" -> compared == 0;
            case ">" -> compared > 0;
            case ">=" -> compared >= 0;
            case "<" -> compared < 0;
            case "<=" -> compared <= 0;
            default -> throw new IllegalArgumentException("unknown operator");
        };
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private String next() {
        String token = peek();
        at++;
        return token;
    }
}
