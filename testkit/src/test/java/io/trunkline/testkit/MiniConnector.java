package io.trunkline.testkit;

import io.trunkline.connector.Capability;
import io.trunkline.connector.Category;
import io.trunkline.connector.CommonSettings;
import io.trunkline.connector.ConnectionCheck;
import io.trunkline.connector.Connector;
import io.trunkline.connector.ConnectorDescriptor;
import io.trunkline.connector.ConnectorProvider;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.connector.CredentialKind;
import io.trunkline.connector.OpenConnector;
import io.trunkline.connector.Setting;
import io.trunkline.crm.Accounts;
import io.trunkline.crm.CallLog;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.Schema;
import io.trunkline.crm.Tickets;
import io.trunkline.error.ConnectorException;
import io.trunkline.http.HttpConnection;
import io.trunkline.messaging.SendJournal;
import io.trunkline.messaging.Sms;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.value.CallOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A connector for the {@link MiniPlatform} that keeps every contract, unless a {@link Flaw} is on. */
final class MiniConnector implements ConnectorProvider {

    static final List<Capability> CAPABILITIES = List.of(
            Contacts.CREATE,
            Contacts.GET,
            Contacts.FIND_BY_PHONE,
            Contacts.FIND_BY_EMAIL,
            Sms.SEND,
            Sms.RECONCILE,
            Tickets.CREATE,
            Tickets.GET,
            Tickets.UPDATE,
            Tickets.UPDATE_VERSIONED,
            Tickets.OPEN_OF_CONTACT,
            Tickets.COMMENT,
            Tickets.COMMENTS,
            CallLog.OPEN,
            CallLog.UPDATE,
            CallLog.COMPLETE,
            CallLog.GET,
            Accounts.GET,
            Accounts.FIND_BY_PHONE,
            Accounts.CREATE,
            Schema.FIELDS,
            ChangeFeed.READ,
            ChangeFeed.DELETIONS);

    static ConnectorSetup at(URI address) {
        return ConnectorSetup.of(new MiniConnector()).with(CommonSettings.BASE_URL, List.of(address));
    }

    @Override
    public ConnectorDescriptor descriptor() {
        String help = Flaw.NO_HELP.here() ? " " : "Whatever it is good for.";
        ConnectorDescriptor.Builder builder = ConnectorDescriptor.builder("mini", "Mini", Category.CRM)
                .settings(CommonSettings.transport())
                .settings(Setting.text("extra", help).optional())
                .credentials(CredentialKind.NONE)
                .documentation("https://example.test/")
                .capabilities(CAPABILITIES.toArray(Capability[]::new));
        return Flaw.DECLARED_NOT_DONE.here()
                ? builder.capabilities(Tickets.SEARCH).build()
                : builder.build();
    }

    @Override
    public Connector open(ConnectorSettings settings, ConnectorRuntime runtime) {
        settings.check(descriptor(), runtime.connection());
        HttpConnection http = runtime.http()
                .connect(CommonSettings.http(settings, runtime, URI.create("https://mini.example.test/"))
                        .build());
        MiniCrm crm = new MiniCrm(runtime, http.api(MiniApi.class), descriptor(), new AtomicReference<>());
        if (Flaw.ASKS_WHEN_OPENED.here()) {
            verify(crm, CallOptions.DEFAULT);
        }
        CallOptions options = CallOptions.DEFAULT;
        SendJournal journal = new SendJournal(runtime.connection(), runtime.store(), runtime.time());
        return OpenConnector.of(descriptor())
                .http(http)
                .offer(ConnectionCheck.class, value -> verify(crm, value))
                .offer(Contacts.class, new MiniContacts(crm, options))
                .offer(Sms.class, new MiniSms(crm, journal, options))
                .offer(Tickets.class, new MiniTickets(crm, options))
                .offer(CallLog.class, new MiniCallLog(crm, options))
                .offer(Accounts.class, new MiniAccounts(crm, options))
                .offer(Schema.class, new MiniSchema(crm, options))
                .offer(ChangeFeed.class, new MiniChanges(crm, options))
                .build();
    }

    private static String verify(MiniCrm crm, CallOptions options) {
        try {
            return String.valueOf(crm.api().me().execute(options).get("name"));
        } catch (ConnectorException e) {
            if (Flaw.SWALLOWS_ERRORS.here()) {
                return "all is well";
            }
            throw e;
        }
    }
}
