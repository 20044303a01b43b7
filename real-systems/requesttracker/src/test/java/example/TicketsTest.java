package example;

import io.trunkline.checks.Canary;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.crm.requesttracker.RequestTracker;
import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.TicketsContract;
import io.trunkline.value.Secret;

/** The shared contract, against the real server. */
final class TicketsTest extends TicketsContract {

    @Override
    protected FakePlatform start() {
        return LiveDesk.platform();
    }

    @Override
    protected ConnectorSetup setup(FakePlatform started) {
        return RequestTracker.token(started.uri(), Secret.of(Canary.plant(DeskServer.token())), "Support");
    }
}
