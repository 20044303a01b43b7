package example;

import io.trunkline.checks.Canary;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.crm.requesttracker.RequestTracker;
import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.CallLogContract;
import io.trunkline.value.Secret;

/** The shared contract, against the real server. */
final class CallLogTest extends CallLogContract {

    private final String queue = LiveDesk.queue();

    @Override
    protected FakePlatform start() {
        return LiveDesk.platform();
    }

    @Override
    protected ConnectorSetup setup(FakePlatform started) {
        return RequestTracker.token(started.uri(), Secret.of(Canary.plant(DeskServer.token())), "Support")
                .with(RequestTracker.CALL_QUEUE, queue);
    }

    @Override
    protected int effects() {
        return LiveDesk.count("Queue = '" + queue + "'");
    }
}
