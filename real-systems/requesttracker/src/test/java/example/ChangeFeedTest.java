package example;

import io.trunkline.checks.Canary;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.crm.requesttracker.RequestTracker;
import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.ChangeFeedContract;
import io.trunkline.value.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** The shared contract, against the real server, which takes a tenth of a second for each of some hundred requests. */
@Timeout(900)
final class ChangeFeedTest extends ChangeFeedContract {

    private static final TicketRows ROWS = new TicketRows(LiveDesk.SERVER.jdbc());

    @BeforeEach
    void empty() {
        ROWS.clear();
    }

    /** The server takes a second and more for each hundred. */
    @Override
    protected int atOneTime() {
        return Integer.getInteger("rt.ties");
    }

    @Override
    protected FakePlatform start() {
        return LiveDesk.platform();
    }

    @Override
    protected ConnectorSetup setup(FakePlatform started) {
        return RequestTracker.token(started.uri(), Secret.of(Canary.plant(DeskServer.token())), "Support");
    }

    @Override
    protected String type() {
        return "ticket";
    }

    @Override
    protected List<String> enter(int records, Instant changedAt) {
        return ROWS.enter(records, changedAt);
    }

    @Override
    protected void change(String id, Instant at) {
        write(id, at, Map.of("Subject", "changed"));
    }

    @Override
    protected void remove(String id, Instant at) {
        write(id, at, Map.of("Status", "deleted"));
    }

    /** The server writes by its own clock. */
    private static void write(String id, Instant at, Map<String, Object> fields) {
        LiveDesk.request("PUT", "ticket/" + id, fields);
        ROWS.changedAt(id, at);
    }
}
