package io.trunkline.crm.salesforce;

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
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.http.HttpConnection;
import io.trunkline.mapping.FieldMappings;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;
import io.trunkline.webhook.WebhookProtocol;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Salesforce: contacts, accounts, cases, calls, describe, changes and Outbound Messages. */
public final class Salesforce implements ConnectorProvider {

    /** The org's own address, its My Domain: {@code https://acme.my.salesforce.com}. */
    public static final Setting<URI> MY_DOMAIN = Setting.of(
            "my-domain",
            URI.class,
            SalesforceParsers::myDomain,
            "The org's own address, such as https://acme.my.salesforce.com.");

    /** How the connection proves who it is. */
    public static final Setting<SalesforceFlow> FLOW =
            Setting.choice("flow", SalesforceFlow.class, "How access tokens are obtained.");

    /** The consumer key of the external client app. */
    public static final Setting<String> CLIENT_ID =
            Setting.text("client-id", "Consumer key of the external client app.");

    /** The consumer secret; needed for client credentials, and for refresh tokens if the app asks for it. */
    public static final Setting<Secret> CLIENT_SECRET =
            Setting.secret("client-secret", "Consumer secret of the app.").optional();

    /** For JWT bearer: the integration user. */
    public static final Setting<String> USERNAME = Setting.text(
                    "username", "User name of the integration user, for JWT bearer.")
            .optional();

    /** For JWT bearer: the private key in PEM, whose certificate the app holds. */
    public static final Setting<Secret> PRIVATE_KEY = Setting.of(
                    "private-key",
                    Secret.class,
                    SalesforceParsers::rsaKey,
                    "RSA private key in PEM (PKCS#8), for JWT bearer.")
            .optional();

    /** For JWT bearer: the audience; unless set, the login host, or for sandboxes the test host. */
    public static final Setting<URI> AUDIENCE = Setting.url("audience", "Audience of the assertion, for JWT bearer.")
            .optional();

    /** For refresh tokens: the first one, from an authorization that a person has given. */
    public static final Setting<Secret> REFRESH_TOKEN = Setting.secret(
                    "refresh-token", "First refresh token, if not authorised through the library.")
            .optional();

    /** The version of the REST API. */
    public static final Setting<String> API_VERSION = Setting.of(
                    "api-version", String.class, SalesforceParsers::version, "Version of the REST API, such as 66.0.")
            .defaultsTo("66.0");

    /** The field of tasks that holds the interaction's id. */
    public static final Setting<String> INTERACTION_FIELD = Setting.of(
                    "interaction-field",
                    String.class,
                    SalesforceParsers::field,
                    "Field of tasks that holds the interaction's id.")
            .defaultsTo("CallObject");

    /** For Outbound Messages: the org that may send them, 15 or 18 characters. */
    public static final Setting<String> ORGANIZATION_ID = Setting.of(
                    "organization-id",
                    String.class,
                    SalesforceParsers::organization,
                    "Org whose Outbound Messages are taken.")
            .optional();

    /**
     * For Outbound Messages: what the endpoint's address carries as {@code ?token=}, because they are not signed; at least
     * 24 characters.
     */
    public static final Setting<Secret> WEBHOOK_TOKEN = Setting.of(
                    "webhook-token",
                    Secret.class,
                    SalesforceParsers::token,
                    "Token in the address that Outbound Messages are sent to.")
            .optional();

    /** Where stored numbers without a country code belong, so that contacts show them as numbers. */
    public static final Setting<String> DEFAULT_REGION = Setting.region(
                    "default-region", "Region of numbers stored without country code, such as US.")
            .defaultsTo("ZZ");

    /** How long a transaction of this org may take until its changes can be read; younger ones wait. */
    public static final Setting<Duration> COMMIT_TIME = Setting.duration(
                    "commit-time",
                    "Longest time a transaction takes to commit; younger changes wait for the next reading.")
            .defaultsTo(Duration.ofSeconds(10));

    /** {@link CommonSettings#FIELDS}, by type: {@code vip = VIP__c : boolean; severity = Case.Severity__c}. */
    private static final Setting<String> FIELDS = Setting.of(
                    CommonSettings.FIELDS.name(),
                    String.class,
                    SalesforceParsers::fields,
                    "Custom fields, of contacts unless the type is named: vip = VIP__c : boolean; severity = Case.Severity__c.")
            .optional();

    static final ConnectorDescriptor DESCRIPTOR = ConnectorDescriptor.builder("salesforce", "Salesforce", Category.CRM)
            .settings(MY_DOMAIN, FLOW, CLIENT_ID, CLIENT_SECRET, USERNAME, PRIVATE_KEY, AUDIENCE, REFRESH_TOKEN)
            .settings(API_VERSION, INTERACTION_FIELD, DEFAULT_REGION, COMMIT_TIME, FIELDS)
            .settings(ORGANIZATION_ID, WEBHOOK_TOKEN)
            .settings(CommonSettings.transport())
            .credentials(
                    CredentialKind.OAUTH_CLIENT_CREDENTIALS,
                    CredentialKind.OAUTH_JWT_BEARER,
                    CredentialKind.OAUTH_REFRESH_TOKEN)
            .capabilities(capabilities())
            .documentation("https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/")
            .build();

    /** Made by discovery or by the application. */
    public Salesforce() {}

    /** A connection as the app's own integration user, by client credentials. */
    public static ConnectorSetup clientCredentials(URI myDomain, String clientId, Secret clientSecret) {
        return ConnectorSetup.of(new Salesforce())
                .with(MY_DOMAIN, myDomain)
                .with(FLOW, SalesforceFlow.CLIENT_CREDENTIALS)
                .with(CLIENT_ID, clientId)
                .with(CLIENT_SECRET, clientSecret);
    }

    /** A connection as a user who is pre-authorised for the app, by a signed assertion. */
    public static ConnectorSetup jwtBearer(URI myDomain, String clientId, String username, Secret privateKeyPem) {
        return ConnectorSetup.of(new Salesforce())
                .with(MY_DOMAIN, myDomain)
                .with(FLOW, SalesforceFlow.JWT_BEARER)
                .with(CLIENT_ID, clientId)
                .with(USERNAME, username)
                .with(PRIVATE_KEY, privateKeyPem);
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Connector open(ConnectorSettings settings, ConnectorRuntime runtime) {
        settings.check(DESCRIPTOR, runtime.connection());
        requireTogether(settings, runtime);
        HttpConnection http = runtime.http()
                .connect(CommonSettings.http(settings, runtime, settings.get(MY_DOMAIN))
                        .authorizer(settings.get(FLOW).authorizer(settings, runtime))
                        .errors(new SalesforceErrors())
                        .rateReader(new SalesforceUsage())
                        .build());
        FieldMappings fields = SalesforceParsers.mappings(settings.find(FIELDS).orElse(""));
        SalesforceOrg org = new SalesforceOrg(runtime, http.api(SalesforceApi.class), settings, fields);
        CallOptions options = CallOptions.DEFAULT;
        OpenConnector.Builder open = OpenConnector.of(DESCRIPTOR)
                .http(http)
                .offer(ConnectionCheck.class, new SalesforceCheck(org))
                .offer(Contacts.class, new SalesforceContacts(org, options))
                .offer(Accounts.class, new SalesforceAccounts(org, options))
                .offer(Tickets.class, new SalesforceTickets(org, options))
                .offer(CallLog.class, new SalesforceCallLog(org, options))
                .offer(Schema.class, new SalesforceSchema(org, options))
                .offer(ChangeFeed.class, new SalesforceChanges(org, CallOptions.bulk()));
        settings.find(WEBHOOK_TOKEN)
                .ifPresent(token -> open.offer(
                        WebhookProtocol.class, new SalesforceWebhooks(org, token, settings.get(ORGANIZATION_ID))));
        return open.build();
    }

    /** What the settings must be to one another, all of it at once. */
    private static void requireTogether(ConnectorSettings settings, ConnectorRuntime runtime) {
        List<String> problems = new ArrayList<>();
        SalesforceFlow flow = settings.get(FLOW);
        for (Setting<?> needed : flow.needs()) {
            if (settings.find(needed).isEmpty()) {
                problems.add(needed + " is required for flow " + flow.name().toLowerCase(Locale.ROOT));
            }
        }
        if (settings.find(WEBHOOK_TOKEN).isPresent()
                != settings.find(ORGANIZATION_ID).isPresent()) {
            problems.add(WEBHOOK_TOKEN + " and " + ORGANIZATION_ID + " are required together");
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(
                    "settings of Salesforce are wrong: " + String.join("; ", problems),
                    ErrorContext.of(runtime.connection(), "open", ErrorKind.CONFIGURATION),
                    null);
        }
    }

    private static Capability[] capabilities() {
        return List.of(
                        Contacts.FIND_BY_PHONE,
                        Contacts.FIND_BY_EMAIL,
                        Contacts.FIND_BY_EXTERNAL_ID,
                        Contacts.SEARCH,
                        Contacts.GET,
                        Contacts.CREATE,
                        Contacts.UPDATE,
                        Contacts.UPDATE_VERSIONED,
                        Contacts.UPSERT,
                        Contacts.DELETE,
                        Accounts.GET,
                        Accounts.FIND_BY_PHONE,
                        Accounts.CREATE,
                        Tickets.CREATE,
                        Tickets.GET,
                        Tickets.UPDATE,
                        Tickets.UPDATE_VERSIONED,
                        Tickets.OPEN_OF_CONTACT,
                        Tickets.SEARCH,
                        Tickets.COMMENT,
                        Tickets.COMMENTS,
                        CallLog.OPEN,
                        CallLog.UPDATE,
                        CallLog.COMPLETE,
                        CallLog.GET,
                        Schema.FIELDS,
                        ChangeFeed.READ,
                        ChangeFeed.DELETIONS)
                .toArray(Capability[]::new);
    }
}
