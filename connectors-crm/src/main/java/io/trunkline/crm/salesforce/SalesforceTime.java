package io.trunkline.crm.salesforce;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/** The two ways in which the platform writes a time: an offset with a colon, and one without. */
final class SalesforceTime {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]");

    private SalesforceTime() {}

    static Instant parse(String text) {
        return OffsetDateTime.parse(text, FORM).toInstant();
    }
}
