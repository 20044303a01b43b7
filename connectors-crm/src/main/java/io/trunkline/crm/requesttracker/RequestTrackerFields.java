package io.trunkline.crm.requesttracker;

import io.trunkline.mapping.FieldMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The custom fields of each type as the setting {@code fields} maps them: {@code vip = VIP : boolean; severity =
 * ticket.Severity}. A field without a type is one of users.
 */
final class RequestTrackerFields {

    private static final List<String> TYPES = List.of(RequestTrackerDesk.USER, RequestTrackerDesk.TICKET);
    private static final Pattern TYPED = Pattern.compile("(\\s*[\\w.-]+\\s*=\\s*)(user|ticket)\\.(.*)");

    private final Map<String, FieldMapping> byType;

    private RequestTrackerFields(Map<String, FieldMapping> byType) {
        this.byType = byType;
    }

    /**
     * Reads the setting.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    static RequestTrackerFields parse(String text) {
        Map<String, FieldMapping> byType = new LinkedHashMap<>();
        for (String type : TYPES) {
            List<String> own = new ArrayList<>();
            // Other types' entries stay as empty ones, so that a complaint counts entries as the user does.
            for (String entry : text.split(";", -1)) {
                own.add(ofType(entry, type));
            }
            FieldMapping mapping = FieldMapping.parse(String.join(";", own));
            mapping.platformNames().forEach(TicketSql::name);
            byType.put(type, mapping);
        }
        return new RequestTrackerFields(byType);
    }

    /** The mapping of a type. */
    FieldMapping of(String type) {
        return byType.getOrDefault(type, FieldMapping.none());
    }

    private static String ofType(String entry, String type) {
        Matcher typed = TYPED.matcher(entry);
        if (!typed.matches()) {
            return type.equals(RequestTrackerDesk.USER) ? entry : "";
        }
        return typed.group(2).equals(type) ? typed.group(1) + typed.group(3) : "";
    }
}
