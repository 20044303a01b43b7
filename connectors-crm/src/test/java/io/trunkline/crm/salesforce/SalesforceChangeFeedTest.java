package io.trunkline.crm.salesforce;

import io.trunkline.checks.Canary;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.testkit.ChangeFeedContract;
import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.platforms.FakeSalesforce;
import io.trunkline.value.Secret;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

final class SalesforceChangeFeedTest extends ChangeFeedContract {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'");

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
    protected String type() {
        return "Contact";
    }

    @Override
    protected List<String> enter(int records, Instant changedAt) {
        org.now(changedAt);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            ids.add(org.row("Contact", Map.of("LastName", "c" + i)));
        }
        return ids;
    }

    @Override
    protected void change(String id, Instant at) {
        write(id, at, Map.of("LastName", "changed"));
    }

    @Override
    protected void remove(String id, Instant at) {
        write(id, at, Map.of("IsDeleted", true));
    }

    private void write(String id, Instant at, Map<String, Object> fields) {
        org.row("Contact", id).putAll(fields);
        org.row("Contact", id).put("SystemModstamp", TIME.format(at.atOffset(ZoneOffset.UTC)));
    }
}
