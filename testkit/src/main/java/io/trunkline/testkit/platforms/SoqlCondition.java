package io.trunkline.testkit.platforms;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition of a query, read strictly, sign by sign: whatever is left over or mixes AND with OR without brackets is
 * malformed. Remembers the text literals that it has met.
 */
final class SoqlCondition {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*('(?:[^'\\\\]|\\\\['\"\\\\])*'|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|[A-Za-z]\\w*|>=|<=|[=<>(),])");

    private final List<String> tokens = new ArrayList<>();
    private final List<String> literals = new ArrayList<>();
    private int at;

    private SoqlCondition(String text) {
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

    /** Which rows a condition means; adds its text literals to the list. */
    static Predicate<Map<String, Object>> read(String text, List<String> literals) {
        SoqlCondition condition = new SoqlCondition(text);
        Predicate<Map<String, Object>> read = condition.all();
        if (condition.at != condition.tokens.size()) {
            throw new IllegalArgumentException("malformed condition");
        }
        literals.addAll(condition.literals);
        return read;
    }

    private Predicate<Map<String, Object>> all() {
        Predicate<Map<String, Object>> left = one();
        String operator = peek();
        while (peek().equals("AND") || peek().equals("OR")) {
            if (!peek().equals(operator)) {
                throw new IllegalArgumentException("AND and OR are mixed");
            }
            at++;
            Predicate<Map<String, Object>> right = one();
            left = operator.equals("AND") ? left.and(right) : left.or(right);
        }
        return left;
    }

    private Predicate<Map<String, Object>> one() {
        if (peek().equals("(")) {
            at++;
            Predicate<Map<String, Object>> inside = all();
            expect(")");
            return inside;
        }
        String field = next();
        String operator = next();
        return operator.equals("IN") ? among(field) : compared(field, operator, next());
    }

    private Predicate<Map<String, Object>> among(String field) {
        List<String> values = new ArrayList<>();
        expect("(");
        do {
            values.add(text(next()));
        } while (next().equals(","));
        at--;
        expect(")");
        return row ->
                row.get(field) != null && values.stream().anyMatch(String.valueOf(row.get(field))::equalsIgnoreCase);
    }

    private Predicate<Map<String, Object>> compared(String field, String operator, String literal) {
        if (literal.startsWith("'")) {
            String value = text(literal);
            return switch (operator) {
                // The platform compares texts without regard to case, but ids with it.
                case "=" -> row -> row.get(field) != null && same(field, String.valueOf(row.get(field)), value);
                case ">" -> row -> String.valueOf(row.get(field)).compareTo(value) > 0;
                default -> throw new IllegalArgumentException("operator does not fit a text");
            };
        }
        if (literal.equals("true") || literal.equals("false")) {
            return row -> literal.equals(String.valueOf(row.get(field)));
        }
        Instant value = Instant.parse(literal);
        return row ->
                fits(operator, SoqlRows.time(String.valueOf(row.get(field))).compareTo(value));
    }

    private static boolean same(String field, String a, String b) {
        return field.endsWith("Id") ? a.equals(b) : a.equalsIgnoreCase(b);
    }

    private static boolean fits(String operator, int compared) {
        return switch (operator) {
            case "=" -> compared == 0;
            case ">" -> compared > 0;
            case ">=" -> compared >= 0;
            case "<" -> compared < 0;
            default -> throw new IllegalArgumentException("unknown operator");
        };
    }

    private String text(String literal) {
        if (!literal.startsWith("'")) {
            throw new IllegalArgumentException("a text literal is missing");
        }
        String value = literal.substring(1, literal.length() - 1).replaceAll("(?s)\\\\(.)", "$1");
        literals.add(value);
        return value;
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private String next() {
        String token = peek();
        at++;
        return token;
    }

    private void expect(String token) {
        if (!next().equals(token)) {
            throw new IllegalArgumentException("malformed condition");
        }
    }
}
