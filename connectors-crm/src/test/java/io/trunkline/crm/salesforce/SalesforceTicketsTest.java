package io.trunkline.crm.salesforce;

import io.trunkline.checks.Canary;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.TicketsContract;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.Secret;
import org.junit.jupiter.api.AfterEach;

final class SalesforceTicketsTest extends TicketsContract {

    private final FakeSalesforce org = new FakeSalesforce();

    @AfterEach
    void judge() {
        SalesforceJudge.judge(org);
    }

    @Override
    protected FakePlatform start() {
        return org.platform();
    }

    @Override
    protected ConnectorSetup setup(FakePlatform started) {
        return Salesforce.clientCredentials(started.uri(), "consumer-key", Secret.of(Canary.secret()));
    }

    /** Versions are times of whole seconds. */
    @Override
    protected void timePasses() {
        org.now(org.now().plusSeconds(5));
    }
}
