package io.trunkline.crm.salesforce;

import io.trunkline.value.PhoneForm;
import io.trunkline.value.PhoneNumber;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows by telephone number. The platform keeps the text that people type, so it is asked for the number in all usual
 * forms; only if none fits, its own search, which reads digits alone, is asked too. What that finds is checked here,
 * because it also finds longer and similar numbers.
 *
 * @param type the type of the rows
 * @param phoneFields the fields that hold numbers
 * @param asked the fields to give
 */
record SalesforcePhones(String type, List<String> phoneFields, List<String> asked) {

    private static final int MOST = 20;
    private static final List<PhoneForm> FORMS = List.of(PhoneForm.values());

    /** The rows that have the number. */
    List<Map<String, Object>> find(SalesforceRows rows, PhoneNumber number) {
        SalesforceRows both = rows.together();
        List<Map<String, Object>> stored = both.query(soql(number));
        return stored.isEmpty()
                ? both.search(sosl(number)).stream()
                        .filter(row -> says(rows.org(), row, number))
                        .limit(MOST)
                        .toList()
                : stored;
    }

    private String soql(PhoneNumber number) {
        String forms = Soql.texts(number.in(FORMS));
        return Soql.select(asked, type)
                + phoneFields.stream()
                        .map(field -> field + " IN " + forms)
                        .collect(Collectors.joining(" OR ", " WHERE ", ""))
                + " ORDER BY SystemModstamp DESC LIMIT " + MOST;
    }

    private String sosl(PhoneNumber number) {
        return digits(number).stream()
                .map(digits -> digits + "*")
                .collect(Collectors.joining(
                        " OR ",
                        "FIND {",
                        "} IN PHONE FIELDS RETURNING " + type + "(" + String.join(", ", asked) + " LIMIT 200)"));
    }

    private boolean says(SalesforceOrg org, Map<String, Object> row, PhoneNumber number) {
        return phoneFields.stream()
                .map(row::get)
                .flatMap(Stream::ofNullable)
                .map(Object::toString)
                .anyMatch(stored -> org.phone(stored).filter(number::equals).isPresent()
                        || digits(number)
                                .contains(PhoneNumber.withoutExtension(stored).replaceAll("[^0-9]", "")));
    }

    private static Set<String> digits(PhoneNumber number) {
        return number.in(FORMS).stream()
                .map(form -> form.replaceAll("[^0-9]", ""))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
