package io.trunkline.crm.salesforce;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as the platform writes them, and as its conditional requests want them. */
final class SalesforceTime {

    /** An offset with a colon, or one without. */
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]");

    /** RFC 9110, 5.6.7: the day has two digits, which the JDK's own formatter leaves out. */
    private static final DateTimeFormatter HTTP =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private SalesforceTime() {}

    /** The time that a text says, or null where it says none. */
    static @Nullable Instant find(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text, FORM).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * The condition of an update: the version is the record's SystemModstamp, and the grain of the condition a second.
     * Follows "Conditional Request Headers" of the REST guide.
     */
    static String unmodifiedSince(String version) {
        Instant modified = find(version);
        if (modified == null) {
            throw new IllegalArgumentException("version must be one that this connector has given");
        }
        return HTTP.format(modified.atOffset(ZoneOffset.UTC));
    }
}
