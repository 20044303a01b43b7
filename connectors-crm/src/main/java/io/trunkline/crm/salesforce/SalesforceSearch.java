package io.trunkline.crm.salesforce;

import io.trunkline.value.Page;
import io.trunkline.value.Paged;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The platform's own search in all fields of a type. It gives the first 2,000 finds, page by page.
 *
 * @param type the type of the rows
 * @param asked the fields to give
 */
record SalesforceSearch(String type, List<String> asked) {

    private static final int PAGE = 200;
    private static final int MOST = 2_000;

    <T> Paged<T> find(SalesforceRows rows, String text, Function<Map<String, Object>, T> map) {
        String term = Soql.term(text);
        return Paged.of(cursor -> {
            int from = from(cursor);
            List<Map<String, Object>> found = rows.search(sosl(term, from));
            int next = from + PAGE;
            String following = found.size() < PAGE || next >= MOST ? null : String.valueOf(next);
            return new Page<>(found.stream().map(map).toList(), following);
        });
    }

    private String sosl(String term, int from) {
        return "FIND " + term + " IN ALL FIELDS RETURNING " + type + "(" + String.join(", ", asked) + " LIMIT " + PAGE
                + (from == 0 ? "" : " OFFSET " + from) + ")";
    }

    private static int from(Optional<String> cursor) {
        return cursor.map(text -> {
                    if (!text.matches("[1-9][0-9]{0,3}")) {
                        throw new IllegalArgumentException("cursor must be one that this search has given");
                    }
                    return Integer.parseInt(text);
                })
                .orElse(0);
    }
}
