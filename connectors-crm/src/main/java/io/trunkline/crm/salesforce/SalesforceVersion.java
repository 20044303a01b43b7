package io.trunkline.crm.salesforce;

import io.trunkline.value.CallOptions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Updates that fail if somebody else was faster: the version is the record's SystemModstamp, sent as
 * {@code If-Unmodified-Since}, whose grain is a second. Follows "Conditional Request Headers" of the REST guide.
 */
final class SalesforceVersion {

    private SalesforceVersion() {}

    static void update(
            SalesforceOrg org,
            String id,
            String type,
            Map<String, @Nullable Object> fields,
            Optional<String> version,
            CallOptions options) {
        String header = version.map(SalesforceVersion::httpDate).orElse(null);
        org.api().update(org.version(), type, id, header, fields).execute(options);
    }

    private static String httpDate(String version) {
        Instant modified = SalesforceMapper.time(version);
        if (modified == null) {
            throw new IllegalArgumentException("version must be one that this connector has given");
        }
        return DateTimeFormatter.RFC_1123_DATE_TIME
                .format(modified.atOffset(ZoneOffset.UTC))
                .replace("Z", "GMT");
    }
}
