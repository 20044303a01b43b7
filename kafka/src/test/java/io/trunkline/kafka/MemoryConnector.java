package io.trunkline.kafka;

import io.trunkline.connector.Category;
import io.trunkline.connector.Connector;
import io.trunkline.connector.ConnectorDescriptor;
import io.trunkline.connector.ConnectorProvider;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.connector.CredentialKind;
import io.trunkline.connector.OpenConnector;
import io.trunkline.connector.Setting;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.value.Secret;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A connector whose platforms are feeds in memory, by name. */
public final class MemoryConnector implements ConnectorProvider {

    static final Map<String, MemoryFeed> PLATFORMS = new ConcurrentHashMap<>();

    private static final Setting<String> PLATFORM = Setting.text("platform", "Name of the platform.");
    private static final Setting<Secret> TOKEN = Setting.secret("token", "The account's token.");

    @Override
    public ConnectorDescriptor descriptor() {
        return ConnectorDescriptor.builder("memory", "Memory", Category.CRM)
                .settings(PLATFORM, TOKEN)
                .credentials(CredentialKind.API_KEY)
                .capabilities(ChangeFeed.READ, ChangeFeed.DELETIONS)
                .build();
    }

    @Override
    public Connector open(ConnectorSettings settings, ConnectorRuntime runtime) {
        settings.check(descriptor(), runtime.connection());
        return OpenConnector.of(descriptor())
                .offer(ChangeFeed.class, PLATFORMS.get(settings.get(PLATFORM)))
                .build();
    }
}
