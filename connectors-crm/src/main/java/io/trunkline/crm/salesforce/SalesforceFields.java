package io.trunkline.crm.salesforce;

import io.trunkline.mapping.FieldMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The custom fields of each type as the setting {@code fields} maps them: {@code vip = VIP__c : boolean; severity =
 * Case.Severity__c}. A field without a type is one of contacts.
 */
final class SalesforceFields {

    private static final List<String> TYPES = List.of("Contact", "Account", "Case");
    private static final Pattern TYPED = Pattern.compile("(\\s*[\\w.-]+\\s*=\\s*)([A-Za-z]\\w*)\\.(.*)");

    private final Map<String, FieldMapping> byType;

    private SalesforceFields(Map<String, FieldMapping> byType) {
        this.byType = byType;
    }

    /**
     * Reads the setting.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    static SalesforceFields parse(String text) {
        String[] entries = text.split(";", -1);
        Map<String, FieldMapping> byType = new LinkedHashMap<>();
        for (String type : TYPES) {
            List<String> own = new ArrayList<>();
            // Other types' entries stay as empty ones, so that a complaint counts entries as the user does.
            for (String entry : entries) {
                own.add(ofType(entry, type));
            }
            FieldMapping mapping = FieldMapping.parse(String.join(";", own));
            mapping.platformNames().forEach(Soql::name);
            byType.put(type, mapping);
        }
        return new SalesforceFields(byType);
    }

    /** The mapping of a type. */
    FieldMapping of(String type) {
        return byType.getOrDefault(type, FieldMapping.none());
    }

    private static String ofType(String entry, String type) {
        Matcher typed = TYPED.matcher(entry);
        if (!typed.matches()) {
            return type.equals("Contact") ? entry : "";
        }
        if (!TYPES.contains(typed.group(2))) {
            throw new IllegalArgumentException("fields can be mapped for " + String.join(", ", TYPES) + " only");
        }
        return typed.group(2).equals(type) ? typed.group(1) + typed.group(3) : "";
    }
}
