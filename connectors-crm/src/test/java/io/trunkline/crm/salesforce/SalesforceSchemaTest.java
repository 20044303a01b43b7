package io.trunkline.crm.salesforce;

import io.trunkline.checks.Canary;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.SchemaContract;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.Secret;

/** Describe, which the description at hand does not hold, so that it is not judged. */
final class SalesforceSchemaTest extends SchemaContract {

    private final FakeSalesforce org = new FakeSalesforce();

    @Override
    protected FakePlatform start() {
        return org.platform();
    }

    @Override
    protected ConnectorSetup setup(FakePlatform started) {
        return Salesforce.clientCredentials(started.uri(), "consumer-key", Secret.of(Canary.secret()));
    }

    @Override
    protected String type() {
        return "Contact";
    }
}
