package io.trunkline.crm.requesttracker;

import io.trunkline.mapping.FieldMappings;
import io.trunkline.value.Secret;
import io.trunkline.webhook.StandardWebhooks;
import java.net.URI;
import java.util.List;

/** What the settings' values must be; the messages never repeat what they were. */
final class RequestTrackerParsers {

    private RequestTrackerParsers() {}

    /** The address as a folder, so that paths are added to it. */
    static URI folder(URI address) {
        String text = address.toString();
        return text.endsWith("/") ? address : URI.create(text + "/");
    }

    static String name(String text) {
        return TicketSql.name(text.strip());
    }

    static Secret secret(String text) {
        Secret secret = Secret.of(text.strip());
        StandardWebhooks.secrets(List.of(secret));
        return secret;
    }

    static String fields(String text) {
        mappings(text);
        return text;
    }

    /** The custom fields of each type; one without a type is of users. */
    static FieldMappings mappings(String text) {
        return FieldMappings.parse(text, List.of(RequestTrackerDesk.USER, RequestTrackerDesk.TICKET), TicketSql::name);
    }
}
