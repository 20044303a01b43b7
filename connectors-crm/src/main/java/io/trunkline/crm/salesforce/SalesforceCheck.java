package io.trunkline.crm.salesforce;

import io.trunkline.connector.ConnectionCheck;
import io.trunkline.value.CallOptions;
import java.util.List;

/** Asks which org the credential opens. */
final class SalesforceCheck implements ConnectionCheck {

    private final SalesforceOrg org;

    SalesforceCheck(SalesforceOrg org) {
        this.org = org;
    }

    @Override
    public String verify(CallOptions options) {
        return new SalesforceRows(org, options)
                .query(Soql.select(List.of("Id", "Name"), "Organization") + " LIMIT 1").stream()
                        .findFirst()
                        .map(row -> String.valueOf(row.get("Name")))
                        .orElse("an org that does not show its name");
    }
}
