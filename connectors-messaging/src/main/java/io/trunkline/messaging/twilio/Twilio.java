package io.trunkline.messaging.twilio;

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
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.http.Authorizer;
import io.trunkline.http.HttpConnection;
import io.trunkline.messaging.SendJournal;
import io.trunkline.messaging.Sms;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;
import io.trunkline.webhook.WebhookProtocol;
import java.net.URI;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Twilio: SMS, MMS and WhatsApp, with signed receipts and inbound messages. */
public final class Twilio implements ConnectorProvider {

    /** The account: {@code AC} and 32 hexadecimal digits. */
    public static final Setting<String> ACCOUNT_SID =
            Setting.of("account-sid", String.class, sid("AC"), "Account SID, AC and 32 hexadecimal digits.");

    /** The account's token. It also signs webhooks, so it is needed beside an API key as well. */
    public static final Setting<Secret> AUTH_TOKEN =
            Setting.secret("auth-token", "Auth token of the account; it also signs webhooks.");

    /** An API key to call with instead of the account's token. */
    public static final Setting<String> API_KEY_SID = Setting.of(
                    "api-key-sid", String.class, sid("SK"), "API key to call with.")
            .optional();

    /** The secret of the API key. */
    public static final Setting<Secret> API_KEY_SECRET =
            Setting.secret("api-key-secret", "Secret of the API key.").optional();

    /** The sender where a message names none: a number, a short code or a name. */
    public static final Setting<String> FROM = Setting.text(
                    "from", "Sender where a message names none: a number, short code or name.")
            .optional();

    /** The messaging service that chooses the sender; scheduled messages need it. */
    public static final Setting<String> SERVICE_SID = Setting.of(
                    "messaging-service-sid", String.class, sid("MG"), "Messaging service that chooses the sender.")
            .optional();

    /** Where receipts shall be sent. */
    public static final Setting<URI> STATUS_CALLBACK = Setting.url(
                    "status-callback", "Public address that receipts are sent to.")
            .optional();

    private static final ConnectorDescriptor DESCRIPTOR = ConnectorDescriptor.builder(
                    "twilio", "Twilio", Category.MESSAGING)
            .settings(ACCOUNT_SID, AUTH_TOKEN, API_KEY_SID, API_KEY_SECRET, FROM, SERVICE_SID, STATUS_CALLBACK)
            .settings(CommonSettings.transport())
            .credentials(CredentialKind.BASIC, CredentialKind.API_KEY)
            .capabilities(
                    Sms.SEND,
                    Sms.WHATSAPP,
                    Sms.SEND_MEDIA,
                    Sms.TEMPLATES,
                    Sms.SCHEDULE,
                    Sms.VALIDITY,
                    Sms.RECONCILE,
                    Sms.GET,
                    Sms.LIST,
                    Sms.MEDIA)
            .documentation("https://www.twilio.com/docs/messaging/api")
            .build();

    /** Made by discovery or by the application. */
    public Twilio() {}

    /** A connection with the account's own token. */
    public static ConnectorSetup account(String accountSid, Secret authToken) {
        return ConnectorSetup.of(new Twilio()).with(ACCOUNT_SID, accountSid).with(AUTH_TOKEN, authToken);
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Connector open(ConnectorSettings settings, ConnectorRuntime runtime) {
        settings.check(DESCRIPTOR, runtime.connection());
        checkKey(settings, runtime.connection());
        HttpConnection http = runtime.http()
                .connect(CommonSettings.http(settings, runtime, URI.create("https://api.twilio.com/"))
                        .authorizer(authorizer(settings))
                        .errors(new TwilioErrors())
                        .build());
        TwilioApi api = http.api(TwilioApi.class);
        String account = settings.get(ACCOUNT_SID);
        SendJournal journal = new SendJournal(runtime.connection(), runtime.store(), runtime.time());
        TwilioAccount own = new TwilioAccount(runtime, api, http, settings, journal);
        return OpenConnector.of(DESCRIPTOR)
                .http(http)
                .offer(
                        ConnectionCheck.class,
                        options -> api.account(account).execute(options).shown())
                .offer(Sms.class, new TwilioSms(own, CallOptions.DEFAULT))
                .offer(WebhookProtocol.class, new TwilioWebhooks(runtime.connection(), settings.get(AUTH_TOKEN)))
                .build();
    }

    private static void checkKey(ConnectorSettings settings, String connection) {
        if (settings.find(API_KEY_SID).isPresent()
                != settings.find(API_KEY_SECRET).isPresent()) {
            throw new ConfigurationException(
                    "api-key-sid and api-key-secret belong together; set both or neither",
                    ErrorContext.of(connection, "open", ErrorKind.CONFIGURATION),
                    null);
        }
    }

    private static Authorizer authorizer(ConnectorSettings settings) {
        return settings.find(API_KEY_SID)
                .map(key -> Credentials.basic(key, settings.get(API_KEY_SECRET)))
                .orElseGet(() -> Credentials.basic(settings.get(ACCOUNT_SID), settings.get(AUTH_TOKEN)));
    }

    private static Function<String, String> sid(String prefix) {
        Pattern form = Pattern.compile(prefix + "[0-9a-fA-F]{32}");
        return text -> {
            if (!form.matcher(text.strip()).matches()) {
                throw new IllegalArgumentException("must be " + prefix + " and 32 hexadecimal digits");
            }
            return text.strip();
        };
    }
}
