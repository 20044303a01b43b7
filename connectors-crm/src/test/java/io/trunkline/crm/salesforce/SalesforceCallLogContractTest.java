package io.trunkline.crm.salesforce;

import io.trunkline.checks.Canary;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.testkit.CallLogContract;
import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.Secret;
import org.junit.jupiter.api.AfterEach;

final class SalesforceCallLogContractTest extends CallLogContract {

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

    @Override
    protected int effects() {
        return org.all("Task").size();
    }
}
