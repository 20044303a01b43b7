package io.trunkline.testkit.platforms;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which fields the fake org's types have, so that a query for another is refused as the platform refuses it. */
final class SalesforceTypes {

    private static final String COMMON = "Id,CreatedDate,SystemModstamp,IsDeleted";
    private static final Map<String, Set<String>> STANDARD = Map.of(
            "Organization", of("Name"),
            "Contact",
                    of("Name,FirstName,LastName,Phone,MobilePhone,HomePhone,OtherPhone,Fax,Email,AccountId,OwnerId,"
                            + "MasterRecordId"),
            "Account", of("Name,Phone,Fax,MasterRecordId"),
            "Case", of("CaseNumber,Subject,Description,Status,IsClosed,Priority,ContactId,OwnerId"),
            "CaseComment", of("ParentId,CommentBody,IsPublished,CreatedById"),
            "Task",
                    of("CallObject,Subject,Status,IsClosed,TaskSubtype,CallType,ActivityDate,WhoId,WhatId,Description,"
                            + "CallDurationInSeconds,CallDisposition"));

    private final Set<String> custom = ConcurrentHashMap.newKeySet();

    /** Adds a custom field. */
    void add(String type, String field) {
        custom.add(type + "." + field);
    }

    /** Whether a type has all of the fields; contacts have any custom field. */
    boolean have(String type, List<String> fields) {
        Set<String> standard = STANDARD.getOrDefault(type, Set.of());
        return fields.stream()
                .allMatch(field -> standard.contains(field)
                        || custom.contains(type + "." + field)
                        || (type.equals("Contact") && field.endsWith("__c")));
    }

    private static Set<String> of(String names) {
        return Set.of((COMMON + "," + names).split(",", -1));
    }
}
