package io.trunkline.crm.salesforce;

import io.trunkline.crm.Account;
import io.trunkline.crm.Comment;
import io.trunkline.crm.Contact;
import io.trunkline.crm.ContactDraft;
import io.trunkline.crm.Phone;
import io.trunkline.crm.Ticket;
import io.trunkline.crm.TicketDraft;
import io.trunkline.crm.TicketPriority;
import io.trunkline.crm.TicketStatus;
import io.trunkline.value.OpenEnum;
import io.trunkline.value.RecordInfo;
import io.trunkline.value.RecordRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The platform's rows to our records and back. */
final class SalesforceMapper {

    static final List<String> CONTACT = List.of(
            "Id",
            "Name",
            "FirstName",
            "LastName",
            "Phone",
            "MobilePhone",
            "HomePhone",
            "OtherPhone",
            "Fax",
            "Email",
            "AccountId",
            "OwnerId",
            "CreatedDate",
            "SystemModstamp",
            "IsDeleted");
    static final List<String> ACCOUNT =
            List.of("Id", "Name", "Phone", "Fax", "CreatedDate", "SystemModstamp", "IsDeleted");
    static final List<String> CASE = List.of(
            "Id",
            "CaseNumber",
            "Subject",
            "Description",
            "Status",
            "IsClosed",
            "Priority",
            "ContactId",
            "OwnerId",
            "CreatedDate",
            "SystemModstamp",
            "IsDeleted");
    static final List<String> COMMENT =
            List.of("Id", "CommentBody", "IsPublished", "CreatedById", "CreatedDate", "SystemModstamp");

    private static final Map<String, Phone.Type> PHONES = new LinkedHashMap<>();

    static {
        PHONES.put("Phone", Phone.Type.WORK);
        PHONES.put("MobilePhone", Phone.Type.MOBILE);
        PHONES.put("HomePhone", Phone.Type.HOME);
        PHONES.put("OtherPhone", Phone.Type.OTHER);
        PHONES.put("Fax", Phone.Type.FAX);
    }

    private final SalesforceOrg org;

    SalesforceMapper(SalesforceOrg org) {
        this.org = org;
    }

    Contact contact(Map<String, Object> row) {
        return new Contact(
                info("Contact", row, CONTACT),
                text(row, "Name", text(row, "Id", "")),
                text(row, "FirstName"),
                text(row, "LastName"),
                phones(row),
                text(row, "Email") == null ? List.of() : List.of(text(row, "Email", "")),
                reference("Account", row, "AccountId"),
                reference("User", row, "OwnerId"));
    }

    Account account(Map<String, Object> row) {
        return new Account(info("Account", row, ACCOUNT), text(row, "Name", ""), phones(row));
    }

    Ticket ticket(Map<String, Object> row) {
        String priority = text(row, "Priority");
        return new Ticket(
                info("Case", row, CASE),
                text(row, "CaseNumber", ""),
                text(row, "Subject", ""),
                text(row, "Description", ""),
                status(text(row, "Status", ""), Boolean.TRUE.equals(row.get("IsClosed"))),
                priority == null ? null : priority(priority),
                reference("Contact", row, "ContactId"),
                reference("User", row, "OwnerId"));
    }

    Comment comment(Map<String, Object> row) {
        return new Comment(
                info("CaseComment", row, COMMENT),
                text(row, "CommentBody", ""),
                Boolean.TRUE.equals(row.get("IsPublished")),
                text(row, "CreatedById", ""));
    }

    Map<String, @Nullable Object> fields(ContactDraft draft) {
        Map<String, @Nullable Object> fields = org.fields().of("Contact").toPlatform(draft.customFields());
        draft.givenName().ifPresent(value -> fields.put("FirstName", value));
        draft.familyName().ifPresent(value -> fields.put("LastName", value));
        draft.accountId().ifPresent(value -> fields.put("AccountId", Soql.id(value)));
        for (String email : draft.emails()) {
            only(fields, "Email", email);
        }
        for (Phone phone : draft.phones()) {
            String field = PHONES.entrySet().stream()
                    .filter(entry -> phone.type().is(entry.getValue()))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("a number of this type has no field"));
            only(fields, field, phone.stored());
        }
        return fields;
    }

    private static void only(Map<String, @Nullable Object> fields, String field, String value) {
        if (fields.put(field, value) != null) {
            throw new IllegalArgumentException(field + " can be written once: a contact has room for one");
        }
    }

    Map<String, @Nullable Object> fields(TicketDraft draft) {
        Map<String, @Nullable Object> fields = org.fields().of("Case").toPlatform(draft.customFields());
        draft.subject().ifPresent(value -> fields.put("Subject", value));
        draft.description().ifPresent(value -> fields.put("Description", value));
        draft.status().ifPresent(value -> fields.put("Status", word(value)));
        draft.priority().ifPresent(value -> fields.put("Priority", word(value)));
        draft.contact().ifPresent(value -> fields.put("ContactId", org.id(value, "Contact")));
        draft.ownerId().ifPresent(value -> fields.put("OwnerId", Soql.id(value)));
        return fields;
    }

    RecordInfo info(String type, Map<String, Object> row, List<String> standard) {
        Map<String, @Nullable Object> custom = new LinkedHashMap<>(row);
        custom.keySet().removeAll(standard);
        custom.remove("attributes");
        return RecordInfo.of(org.ref(type, row))
                .createdAt(SalesforceTime.find(text(row, "CreatedDate")))
                .updatedAt(SalesforceTime.find(text(row, "SystemModstamp")))
                .version(text(row, "SystemModstamp"))
                .deleted(Boolean.TRUE.equals(row.get("IsDeleted")))
                .customFields(org.hostFields(type, custom))
                .raw(row)
                .build();
    }

    /** Orgs have words of their own; whether one of them ends a case, the platform tells. */
    private static OpenEnum<TicketStatus> status(String word, boolean closed) {
        return switch (word) {
            case "New" -> OpenEnum.of(TicketStatus.NEW, word);
            case "Working", "Escalated" -> OpenEnum.of(TicketStatus.OPEN, word);
            case "On Hold" -> OpenEnum.of(TicketStatus.ON_HOLD, word);
            case "Closed" -> OpenEnum.of(TicketStatus.CLOSED, word);
            default -> closed ? OpenEnum.of(TicketStatus.CLOSED, word) : OpenEnum.unknown(word);
        };
    }

    private static String word(TicketStatus status) {
        return switch (status) {
            case NEW -> "New";
            case OPEN -> "Working";
            case PENDING, ON_HOLD -> "On Hold";
            case SOLVED, CLOSED -> "Closed";
        };
    }

    private static OpenEnum<TicketPriority> priority(String word) {
        return switch (word) {
            case "High" -> OpenEnum.of(TicketPriority.HIGH, word);
            case "Medium" -> OpenEnum.of(TicketPriority.NORMAL, word);
            case "Low" -> OpenEnum.of(TicketPriority.LOW, word);
            default -> OpenEnum.unknown(word);
        };
    }

    private static String word(TicketPriority priority) {
        return switch (priority) {
            case URGENT, HIGH -> "High";
            case NORMAL -> "Medium";
            case LOW -> "Low";
        };
    }

    private List<Phone> phones(Map<String, Object> row) {
        List<Phone> phones = new ArrayList<>();
        PHONES.forEach((field, type) -> {
            String stored = text(row, field);
            if (stored != null) {
                phones.add(new Phone(stored, org.phone(stored).orElse(null), OpenEnum.of(type)));
            }
        });
        return phones;
    }

    private @Nullable RecordRef reference(String type, Map<String, Object> row, String field) {
        String id = text(row, field);
        return id == null ? null : org.ref(type, id);
    }

    private static @Nullable String text(Map<String, Object> row, String field) {
        Object value = row.get(field);
        return value == null ? null : value.toString();
    }

    private static String text(Map<String, Object> row, String field, String otherwise) {
        String value = text(row, field);
        return value == null ? otherwise : value;
    }
}
