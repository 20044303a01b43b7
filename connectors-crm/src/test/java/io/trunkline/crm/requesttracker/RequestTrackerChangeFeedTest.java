package io.trunkline.crm.requesttracker;

import io.trunkline.checks.Canary;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.testkit.ChangeFeedContract;
import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.platforms.FakeRequestTracker;
import io.trunkline.value.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class RequestTrackerChangeFeedTest extends ChangeFeedContract {

    private final String token = Canary.secret();
    private final FakeRequestTracker desk = new FakeRequestTracker(token);

    @Override
    protected FakePlatform start() {
        return desk.platform();
    }

    @Override
    protected ConnectorSetup setup(FakePlatform started) {
        return RequestTracker.token(started.uri(), Secret.of(token), "Support");
    }

    @Override
    protected String type() {
        return "ticket";
    }

    @Override
    protected List<String> enter(int records, Instant changedAt) {
        desk.now(changedAt);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            ids.add(desk.enterTicket(Map.of("Subject", "t" + i)));
        }
        return ids;
    }

    @Override
    protected void change(String id, Instant at) {
        desk.ticket(id).putAll(Map.of("Subject", "changed", "LastUpdated", at.toString()));
    }

    @Override
    protected void remove(String id, Instant at) {
        desk.now(at);
        desk.delete(id);
    }
}
