package io.trunkline.crm.requesttracker;

import io.trunkline.auth.Credentials;
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
import io.trunkline.crm.CallLog;
import io.trunkline.crm.Contacts;
import io.trunkline.crm.Schema;
import io.trunkline.crm.TicketAttachments;
import io.trunkline.crm.Tickets;
import io.trunkline.http.HttpConnection;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;
import io.trunkline.webhook.PullSource;
import io.trunkline.webhook.WebhookProtocol;
import java.net.URI;
import java.time.Duration;

/** Request Tracker: tickets, comments, users, calls, custom fields, changes and signed webhooks. */
public final class RequestTracker implements ConnectorProvider {

    /** The address of the web interface, such as {@code https://rt.example.org}; it may have a path. */
    public static final Setting<URI> ADDRESS =
            Setting.url("address", "Address of the web interface, such as https://rt.example.org.");

    /** The authentication token of a privileged user. */
    public static final Setting<Secret> TOKEN =
            Setting.secret("token", "Authentication token of a privileged user whose time zone is UTC.");

    /** The queue in which tickets are created. */
    public static final Setting<String> QUEUE = Setting.of(
            "queue", String.class, RequestTrackerParsers::name, "Name of the queue in which tickets are created.");

    /** The queue in which calls are logged; unless set, that of the tickets. */
    public static final Setting<String> CALL_QUEUE = Setting.of(
                    "call-queue",
                    String.class,
                    RequestTrackerParsers::name,
                    "Name of the queue in which calls are logged.")
            .optional();

    /** The custom field of tickets that holds the interaction's id. */
    public static final Setting<String> INTERACTION_FIELD = Setting.of(
                    "interaction-field",
                    String.class,
                    RequestTrackerParsers::name,
                    "Custom field of tickets that holds the interaction's id.")
            .defaultsTo("InteractionId");

    /** The custom field of users that holds their number in E.164, because the platform does not search its own fields. */
    public static final Setting<String> PHONE_FIELD = Setting.of(
                    "phone-field",
                    String.class,
                    RequestTrackerParsers::name,
                    "Custom field of users that holds their number, such as +14155550100.")
            .defaultsTo("Phone");

    /** What the scrip signs webhooks with: {@code whsec_} and the base64 of at least 24 bytes. */
    public static final Setting<Secret> WEBHOOK_SECRET = Setting.of(
                    "webhook-secret",
                    Secret.class,
                    RequestTrackerParsers::secret,
                    "Secret with which the scrip signs webhooks: whsec_ and the base64 of at least 24 bytes.")
            .optional();

    /** Where stored numbers without a country code belong, so that contacts show them as numbers. */
    public static final Setting<String> DEFAULT_REGION = Setting.region(
                    "default-region", "Region of numbers stored without country code, such as US.")
            .defaultsTo("ZZ");

    /** How long a transaction may take until its changes can be read; younger ones wait. */
    public static final Setting<Duration> COMMIT_TIME = Setting.duration(
                    "commit-time",
                    "Longest time a transaction takes to commit; younger changes wait for the next reading.")
            .defaultsTo(Duration.ofSeconds(10));

    /** {@link CommonSettings#FIELDS}, by type: {@code vip = VIP : boolean; severity = ticket.Severity}. */
    static final Setting<String> FIELDS = Setting.of(
                    CommonSettings.FIELDS.name(),
                    String.class,
                    RequestTrackerParsers::fields,
                    "Custom fields, of users unless the type is named: vip = VIP : boolean; severity = ticket.Severity.")
            .optional();

    static final ConnectorDescriptor DESCRIPTOR = ConnectorDescriptor.builder(
                    "request-tracker", "Request Tracker", Category.CRM)
            .settings(ADDRESS, TOKEN, QUEUE, CALL_QUEUE, INTERACTION_FIELD, PHONE_FIELD)
            .settings(DEFAULT_REGION, COMMIT_TIME, FIELDS, WEBHOOK_SECRET)
            .settings(CommonSettings.transport())
            .credentials(CredentialKind.API_KEY)
            .capabilities(
                    Contacts.FIND_BY_PHONE,
                    Contacts.FIND_BY_EMAIL,
                    Contacts.FIND_BY_EXTERNAL_ID,
                    Contacts.SEARCH,
                    Contacts.GET,
                    Contacts.CREATE,
                    Contacts.UPDATE,
                    Contacts.UPDATE_VERSIONED,
                    Contacts.UPSERT,
                    Contacts.DELETE)
            .capabilities(
                    Tickets.CREATE,
                    Tickets.GET,
                    Tickets.UPDATE,
                    Tickets.UPDATE_VERSIONED,
                    Tickets.OPEN_OF_CONTACT,
                    Tickets.SEARCH,
                    Tickets.COMMENT,
                    Tickets.COMMENTS)
            .capabilities(TicketAttachments.LIST, TicketAttachments.ADD, TicketAttachments.READ)
            .capabilities(CallLog.OPEN, CallLog.UPDATE, CallLog.COMPLETE, CallLog.GET)
            .capabilities(Schema.FIELDS, ChangeFeed.READ, ChangeFeed.DELETIONS)
            .documentation("https://docs.bestpractical.com/rt/5.0.3/RT/REST2.html")
            .build();

    /** Made by discovery or by the application. */
    public RequestTracker() {}

    /** A connection as the user to whom the token belongs, with the queue in which tickets are created. */
    public static ConnectorSetup token(URI address, Secret token, String queue) {
        return ConnectorSetup.of(new RequestTracker())
                .with(ADDRESS, address)
                .with(TOKEN, token)
                .with(QUEUE, queue);
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Connector open(ConnectorSettings settings, ConnectorRuntime runtime) {
        settings.check(DESCRIPTOR, runtime.connection());
        Secret credential = Secret.of("token " + settings.get(TOKEN).reveal());
        URI address = RequestTrackerParsers.folder(settings.get(ADDRESS));
        HttpConnection http = runtime.http()
                .connect(CommonSettings.http(settings, runtime, address)
                        .authorizer(Credentials.apiKeyHeader("Authorization", credential))
                        .errors(new RequestTrackerErrors())
                        .build());
        RequestTrackerDesk desk = new RequestTrackerDesk(runtime, http.api(RequestTrackerApi.class), settings);
        CallOptions options = CallOptions.DEFAULT;
        OpenConnector.Builder open = OpenConnector.of(DESCRIPTOR)
                .http(http)
                .offer(ConnectionCheck.class, new RequestTrackerCheck(desk))
                .offer(Contacts.class, new RequestTrackerContacts(desk, options))
                .offer(Tickets.class, new RequestTrackerTickets(desk, options))
                .offer(TicketAttachments.class, new RequestTrackerAttachments(desk, options))
                .offer(CallLog.class, new RequestTrackerCallLog(desk, options))
                .offer(Schema.class, new RequestTrackerSchema(desk, options))
                .offer(ChangeFeed.class, new RequestTrackerChanges(desk, CallOptions.bulk()))
                .offer(PullSource.class, new RequestTrackerTransactions(desk));
        settings.find(WEBHOOK_SECRET)
                .ifPresent(secret -> open.offer(WebhookProtocol.class, new RequestTrackerWebhooks(desk, secret)));
        return open.build();
    }
}
