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

/** As much of SOQL and SOSL as the connector writes, read strictly: what does not fit is malformed. */
final class SoqlRows {

    private static final Pattern QUERY = Pattern.compile(
            "SELECT ([\\w, ]+) FROM (\\w+)(?: WHERE (.+?))?(?: ORDER BY ([\\w, ]+?)( DESC)?)?(?: LIMIT (\\d+))?",
            Pattern.DOTALL);
    private static final Pattern SEARCH = Pattern.compile(
            "FIND \\{((?:[^\\\\?&|!{}\\[\\]()^~*:\"'+-]|\\\\.|(?<=[0-9])\\*)+)} IN (ALL|PHONE) FIELDS RETURNING (\\w+)"
                    + "\\(([\\w, ]+?) LIMIT (\\d+)(?: OFFSET (\\d+))?\\)",
            Pattern.DOTALL);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX");

    private final Map<String, Map<String, Map<String, Object>>> rows;

    SoqlRows(Map<String, Map<String, Map<String, Object>>> rows) {
        this.rows = rows;
    }

    /** The rows; adds the text literals of the query to the list. Throws if the query is malformed. */
    List<Map<String, Object>> select(String soql, boolean deletedToo, List<String> literals) {
        Matcher query = matched(QUERY, soql);
        Predicate<Map<String, Object>> where =
                query.group(3) == null ? row -> true : SoqlCondition.read(query.group(3), literals);
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

    /** The rows that a search finds; adds its term to the list. In phone fields digits alone count. */
    List<Map<String, Object>> search(String sosl, List<String> literals) {
        Matcher search = matched(SEARCH, sosl);
        boolean phones = search.group(2).equals("PHONE");
        String term = search.group(1).replaceAll("(?s)\\\\(.)", "$1");
        literals.add(term);
        int skip = search.group(6) == null ? 0 : Integer.parseInt(search.group(6));
        return rows.getOrDefault(search.group(3), Map.of()).values().stream()
                .filter(row -> !Boolean.TRUE.equals(row.get("IsDeleted")))
                .filter(row -> row.entrySet().stream()
                        .filter(entry -> !phones || entry.getKey().contains("Phone"))
                        .anyMatch(entry -> phones
                                ? Stream.of(term.split(" OR ", -1)).anyMatch(digits -> starts(entry.getValue(), digits))
                                : String.valueOf(entry.getValue()).contains(term)))
                .skip(skip)
                .limit(Integer.parseInt(search.group(5)))
                .map(row -> fields(row, search.group(4)))
                .toList();
    }

    /** The fields and the type that a query or a search asks for, the type last. */
    static List<String> asked(String text) {
        Matcher query = QUERY.matcher(text);
        Matcher search = query.matches() ? query : matched(SEARCH, text);
        List<String> asked =
                new ArrayList<>(List.of(search.group(query.matches() ? 1 : 4).split(", ", -1)));
        asked.add(search.group(query.matches() ? 2 : 3));
        return asked;
    }

    private static boolean starts(Object value, String digits) {
        return String.valueOf(value).replaceAll("[^0-9]", "").startsWith(digits.replace("*", ""));
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("malformed query");
        }
        return matcher;
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

    static Instant time(@Nullable String text) {
        return OffsetDateTime.parse(String.valueOf(text), TIME).toInstant();
    }
}
