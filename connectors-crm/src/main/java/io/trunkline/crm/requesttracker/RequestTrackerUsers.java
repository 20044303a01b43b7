package io.trunkline.crm.requesttracker;

import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.ExternalKey;
import io.trunkline.crm.Phone;
import io.trunkline.error.ErrorKind;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is written of a user: a name of its own, a person's name in one line, and its numbers where they can be found. */
final class RequestTrackerUsers {

    private final RequestTrackerRows rows;
    private final String phoneField;

    RequestTrackerUsers(RequestTrackerRows rows) {
        this.rows = rows;
        this.phoneField = rows.desk().settings().get(RequestTracker.PHONE_FIELD);
    }

    /** A new user. What a user is named by goes into addresses and logs, so it says nothing of the person. */
    Map<String, @Nullable Object> created(ContactDraft draft) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("Name", "contact-" + UUID.randomUUID());
        fields.put("RealName", name(new RequestTrackerName(null, null), draft).line());
        fields.putAll(new RequestTrackerDrafts(rows.desk()).fields(draft));
        searchable(draft, Map.of(), fields);
        return fields;
    }

    /** A change of a user, of whom is read what the platform keeps together and the draft does not. */
    Map<String, @Nullable Object> changed(String user, ContactDraft change) {
        Map<String, @Nullable Object> fields = new RequestTrackerDrafts(rows.desk()).fields(change);
        boolean named = change.givenName().isPresent() || change.familyName().isPresent();
        if (named || !change.phones().isEmpty()) {
            Map<String, @Nullable Object> there = rows.user(user)
                    .map(RequestTrackerVersioned::row)
                    .orElseThrow(() -> rows.desk()
                            .failed("request-tracker.update-user", ErrorKind.NOT_FOUND, "there is no such contact"));
            if (named) {
                String line = RequestTrackerRow.text(there, "RealName");
                fields.put(
                        "RealName", name(RequestTrackerName.parse(line), change).line());
            }
            searchable(change, there, fields);
        }
        return fields;
    }

    /** A draft that also writes the key by which it was found. */
    static ContactDraft keyed(ContactDraft draft, ExternalKey key) {
        ContactDraft.Builder builder = ContactDraft.change();
        draft.givenName().ifPresent(builder::givenName);
        draft.familyName().ifPresent(builder::familyName);
        draft.phones().forEach(builder::phone);
        draft.emails().forEach(builder::email);
        draft.accountId().ifPresent(builder::accountId);
        draft.customFields().forEach(builder::customField);
        return builder.customField(key.field(), key.value()).build();
    }

    /** Puts all numbers in E.164 into the field that can be searched, if the desk has it. */
    private void searchable(
            ContactDraft draft, Map<String, @Nullable Object> there, Map<String, @Nullable Object> fields) {
        if (draft.phones().isEmpty() || !rows.desk().known().ofUsers(rows, phoneField)) {
            return;
        }
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(there);
        merged.putAll(fields);
        Set<String> numbers = new LinkedHashSet<>();
        draft.phones().stream().map(Phone::number).forEach(number -> number.ifPresent(n -> numbers.add(n.e164())));
        new RequestTrackerMapper(rows.desk())
                .phones(merged).stream()
                        .map(Phone::number)
                        .forEach(number -> number.ifPresent(n -> numbers.add(n.e164())));
        RequestTrackerDrafts.customFields(fields).put(phoneField, List.copyOf(numbers));
    }

    private static RequestTrackerName name(RequestTrackerName there, ContactDraft draft) {
        RequestTrackerName name = new RequestTrackerName(
                draft.givenName().orElse(there.given()), draft.familyName().orElse(there.family()));
        return name.given() == null && name.family() == null ? new RequestTrackerName(null, "") : name;
    }
}
