package io.trunkline;

import io.trunkline.checks.AttemptLedger;
import io.trunkline.checks.Canary;
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
import io.trunkline.http.HttpConnection;
import io.trunkline.http.RawRequest;
import io.trunkline.resilience.Attempt;
import io.trunkline.resilience.CallListener;
import io.trunkline.value.Secret;
import java.net.URI;
import java.util.List;

/** A connector of the test with all settings of the transport, which can be found on the class path. */
public final class PlainConnector implements ConnectorProvider {

    static final Setting<Secret> TOKEN = Setting.secret("token", "The token.");

    /** Tells the books of the test run what was sent. */
    public static final CallListener LEDGER = new CallListener() {
        @Override
        public void attempt(Attempt attempt) {
            if (attempt.sent()) {
                AttemptLedger.shared().attempted(attempt.origin());
            }
        }
    };

    private final Runnable onClose;

    /** For discovery. */
    public PlainConnector() {
        this(() -> {});
    }

    PlainConnector(Runnable onClose) {
        this.onClose = onClose;
    }

    /** One that ends by the given work. */
    static ConnectorSetup closing(Runnable onClose) {
        return ConnectorSetup.of(new PlainConnector(onClose)).with(TOKEN, Secret.of(Canary.secret()));
    }

    public static ConnectorSetup at(URI... addresses) {
        return closing(() -> {}).with(CommonSettings.BASE_URL, List.of(addresses));
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return ConnectorDescriptor.builder("plain-http", "Plain HTTP", Category.CRM)
                .settings(TOKEN)
                .settings(CommonSettings.transport())
                .credentials(CredentialKind.BEARER, CredentialKind.MUTUAL_TLS)
                .build();
    }

    @Override
    public Connector open(ConnectorSettings settings, ConnectorRuntime runtime) {
        Secret token = settings.get(TOKEN);
        HttpConnection http = runtime.http()
                .connect(CommonSettings.http(settings, runtime, URI.create("https://plain.test/"))
                        .authorizer(request -> request.header("Authorization", "Bearer " + token.reveal()))
                        .build());
        return OpenConnector.of(descriptor())
                .http(http)
                .offer(
                        ConnectionCheck.class,
                        options -> http.raw()
                                .send(RawRequest.of("GET", "me"), options)
                                .text())
                .onClose(onClose)
                .build();
    }
}
