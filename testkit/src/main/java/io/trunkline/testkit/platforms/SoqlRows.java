package io.trunkline.testkit.platforms;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** As much of SOQL as the connector writes, read strictly: what does not fit is a malformed query. */
final class SoqlRows {

    private static final Pattern QUERY = Pattern.compile(
            "SELECT ([\\w, ]+) FROM (\\w+)(?: WHERE (.+?))?(?: ORDER BY ([\\w, ]+?)( DESC)?)?(?: LIMIT (\\d+))?");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX");
    private static final String TEXT = "'(?:[^'\\\\]|\\\\.)*'";
    private static final Pattern CONDITION = Pattern.compile("(\\w+) (=|>=|<|IN) (" + TEXT + "|\\(" + TEXT + "(?:, "
            + TEXT + ")*\\)|true|false|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z)(?: (AND|OR) )?");

    private final Map<String, Map<String, Map<String, Object>>> rows;

    SoqlRows(Map<String, Map<String, Map<String, Object>>> rows) {
        this.rows = rows;
    }

    /** The rows, or null if the query is malformed. */
    @Nullable
    List<Map<String, Object>> select(String soql, boolean deletedToo) {
        Matcher query = QUERY.matcher(soql);
        if (!query.matches()) {
            return null;
        }
        @Nullable Predicate<Map<String, Object>> where = query.group(3) == null ? row -> true : where(query.group(3));
        if (where == null) {
            return null;
        }
        List<Map<String, Object>> found =
                new ArrayList<>(rows.getOrDefault(query.group(2), Map.of()).values());
        found.removeIf(row -> !where.test(row) || (!deletedToo && Boolean.TRUE.equals(row.get("IsDeleted"))));
        if (query.group(4) != null) {
            Comparator<Map<String, Object>> order = order(query.group(4).split(", ", -1));
            found.sort(query.group(5) == null ? order : order.reversed());
        }
        int limit = query.group(6) == null ? Integer.MAX_VALUE : Integer.parseInt(query.group(6));
        return found.stream()
                .limit(limit)
                .map(row -> fields(row, query.group(1)))
                .toList();
    }

    private static Map<String, Object> fields(Map<String, Object> row, String list) {
        Map<String, Object> selected = new LinkedHashMap<>();
        if (row.containsKey("attributes")) {
            selected.put("attributes", row.get("attributes"));
        }
        for (String field : list.split(", ", -1)) {
            selected.put(field, row.get(field));
        }
        return selected;
    }

    private static Comparator<Map<String, Object>> order(String[] fields) {
        return Stream.of(fields)
                .map(field -> Comparator.<Map<String, Object>, String>comparing(row -> String.valueOf(row.get(field))))
                .reduce(Comparator::thenComparing)
                .orElseThrow();
    }

    private static @Nullable Predicate<Map<String, Object>> where(String text) {
        Matcher conditions = CONDITION.matcher(text);
        @Nullable Predicate<Map<String, Object>> all = null;
        boolean or = false;
        int end = 0;
        while (conditions.find() && conditions.start() == end) {
            Predicate<Map<String, Object>> one =
                    condition(conditions.group(1), conditions.group(2), conditions.group(3));
            all = all == null ? one : or ? all.or(one) : all.and(one);
            or = "OR".equals(conditions.group(4));
            end = conditions.end();
        }
        return end == text.length() ? all : null;
    }

    private static Predicate<Map<String, Object>> condition(String field, String operator, String literal) {
        return switch (operator) {
            case "IN" -> {
                List<String> values = new ArrayList<>();
                Matcher texts = Pattern.compile(TEXT).matcher(literal);
                while (texts.find()) {
                    values.add(unquoted(texts.group()));
                }
                yield row -> values.contains(String.valueOf(row.get(field)));
            }
            case ">=" -> row -> !time(row, field).isBefore(Instant.parse(literal));
            case "<" -> row -> time(row, field).isBefore(Instant.parse(literal));
            default -> row -> unquoted(literal).equals(String.valueOf(row.get(field)));
        };
    }

    private static Instant time(Map<String, Object> row, String field) {
        return time(String.valueOf(row.get(field)));
    }

    private static String unquoted(String literal) {
        return literal.startsWith("'")
                ? literal.substring(1, literal.length() - 1).replaceAll("\\\\(.)", "$1")
                : literal;
    }

    static Instant time(@Nullable String text) {
        return OffsetDateTime.parse(String.valueOf(text), TIME).toInstant();
    }
}
