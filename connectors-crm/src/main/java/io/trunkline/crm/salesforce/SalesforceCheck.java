package io.trunkline.crm.salesforce;

import io.trunkline.connector.ConnectionCheck;
import io.trunkline.value.CallOptions;
import java.util.List;
import java.util.Map;

/** Asks which org the credential opens. */
final class SalesforceCheck implements ConnectionCheck {

    private final SalesforceOrg org;

    SalesforceCheck(SalesforceOrg org) {
        this.org = org;
    }

    @Override
    public String verify(CallOptions options) {
        List<Map<String, Object>> rows =
                org.rows(Soql.select(List.of("Id", "Name"), "Organization") + " LIMIT 1", options);
        return rows.isEmpty()
                ? "an org that does not show its name"
                : String.valueOf(rows.get(0).get("Name"));
    }
}
