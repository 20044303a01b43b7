package io.trunkline.operator;

import io.trunkline.PlainConnector;
import io.trunkline.Trunkline;
import io.trunkline.connector.Category;
import io.trunkline.connector.Connector;
import io.trunkline.connector.ConnectorDescriptor;
import io.trunkline.connector.ConnectorProvider;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.connector.CredentialKind;
import io.trunkline.connector.OpenConnector;
import java.net.URI;

/** A library with a connection that can be asked, one that is refused, and one that offers nothing. */
final class Checked implements ConnectorProvider {

    private static final ConnectorDescriptor DESCRIPTOR = ConnectorDescriptor.builder(
                    "mute", "Mute", Category.MESSAGING)
            .credentials(CredentialKind.NONE)
            .build();

    static Trunkline trunkline(URI good, URI bad) {
        return Trunkline.builder()
                .listener(PlainConnector.LEDGER)
                .connect("good", PlainConnector.at(good))
                .connect("bad", PlainConnector.at(bad))
                .connect("chat", ConnectorSetup.of(new Checked()))
                .build();
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Connector open(ConnectorSettings settings, ConnectorRuntime runtime) {
        return OpenConnector.of(DESCRIPTOR).build();
    }
}
