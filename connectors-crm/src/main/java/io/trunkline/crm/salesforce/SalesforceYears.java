package io.trunkline.crm.salesforce;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Records by the year in which they were made, which never changes and is indexed: so each stays in one part, also when
 * it is deleted. A new year is a new part; the others stay what they are.
 *
 * @param name the part's name; empty for all records
 * @param condition what the part adds to a query's condition
 */
record SalesforceYears(String name, String condition) {

    static final SalesforceYears ALL = new SalesforceYears("", "");

    /** The first year with a part of its own. Never to be changed: cursors hang on what the parts mean. */
    private static final int FIRST = 2015;

    static List<SalesforceYears> until(Instant now) {
        List<SalesforceYears> parts = new ArrayList<>();
        parts.add(new SalesforceYears("to-" + (FIRST - 1), " AND CreatedDate < " + begin(FIRST)));
        int last = now.atZone(ZoneOffset.UTC).getYear();
        for (int year = FIRST; year <= last; year++) {
            parts.add(new SalesforceYears(
                    Integer.toString(year),
                    " AND CreatedDate >= " + begin(year) + " AND CreatedDate < " + begin(year + 1)));
        }
        return parts;
    }

    /** What cursors of the part belong to. */
    String feed(String whole) {
        return name.isEmpty() ? whole : whole + "/" + name;
    }

    private static String begin(int year) {
        return Soql.time(LocalDate.of(year, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC));
    }
}
