package io.trunkline.crm.salesforce;

import io.trunkline.checks.Canary;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.testkit.AccountsContract;
import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.Secret;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

final class SalesforceAccountsTest extends AccountsContract {

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
    protected String enter(String name, PhoneNumber phone) {
        return org.row("Account", Map.of("Name", name, "Phone", phone.e164()));
    }
}
