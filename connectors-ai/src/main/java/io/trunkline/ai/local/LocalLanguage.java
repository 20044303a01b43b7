package io.trunkline.ai.local;

import io.trunkline.ai.LanguageAnalyzer;
import io.trunkline.connector.Category;
import io.trunkline.connector.ConnectionCheck;
import io.trunkline.connector.Connector;
import io.trunkline.connector.ConnectorDescriptor;
import io.trunkline.connector.ConnectorProvider;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.connector.CredentialKind;
import io.trunkline.connector.OpenConnector;

/**
 * Sentiment, intent and language in this process. Models are loaded at their first use, which takes about a second each; a
 * {@code verify} of the connection loads all of them, so that no call waits.
 */
public final class LocalLanguage implements ConnectorProvider {

    private static final ConnectorDescriptor DESCRIPTOR = ConnectorDescriptor.builder(
                    "local-language", "Local language", Category.AI)
            .credentials(CredentialKind.NONE)
            .capabilities(LanguageAnalyzer.SENTIMENT, LanguageAnalyzer.INTENT, LanguageAnalyzer.DETECT)
            .documentation("https://huggingface.co/intfloat/e5-small-v2")
            .build();

    /** Made by discovery or by the application. */
    public LocalLanguage() {}

    /** The embedded analyzer; it has no settings. */
    public static ConnectorSetup embedded() {
        return ConnectorSetup.of(new LocalLanguage());
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Connector open(ConnectorSettings settings, ConnectorRuntime runtime) {
        settings.check(DESCRIPTOR, runtime.connection());
        LocalModels models = new LocalModels(runtime.connection());
        LocalAnalyzer analyzer = new LocalAnalyzer(runtime, models);
        ConnectionCheck check = options -> "models in this process: "
                + String.join(
                        ", ",
                        models.embedder("en").model(),
                        models.embedder("zh").model(),
                        analyzer.detectLanguage("Good morning").from().model());
        return OpenConnector.of(DESCRIPTOR)
                .offer(LanguageAnalyzer.class, analyzer)
                .offer(ConnectionCheck.class, check)
                .onClose(models::close)
                .build();
    }
}
