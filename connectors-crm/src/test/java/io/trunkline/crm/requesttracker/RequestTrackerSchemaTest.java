package io.trunkline.crm.requesttracker;

import io.trunkline.checks.Canary;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.SchemaContract;
import io.trunkline.testkit.platforms.FakeRequestTracker;
import io.trunkline.value.Secret;

final class RequestTrackerSchemaTest extends SchemaContract {

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
}
