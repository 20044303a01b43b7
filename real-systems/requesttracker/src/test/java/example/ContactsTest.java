package example;

import io.trunkline.checks.Canary;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.crm.requesttracker.RequestTracker;
import io.trunkline.crm.ExternalKey;
import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.ContactsContract;
import io.trunkline.value.Secret;

/** The shared contract, against the real server. */
final class ContactsTest extends ContactsContract {

    /** The contract uses one address in several tests and few numbers, and the server is one for all. */
    @Override
    protected FakePlatform start() {
        new TicketRows(LiveDesk.SERVER.jdbc()).forgetPeople();
        return LiveDesk.platform();
    }

    @Override
    protected ConnectorSetup setup(FakePlatform started) {
        return RequestTracker.token(started.uri(), Secret.of(Canary.plant(DeskServer.token())), "Support");
    }

    @Override
    protected ExternalKey externalKey() {
        return new ExternalKey("CustomerNumber", Canary.text());
    }
}
