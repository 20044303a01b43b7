package io.trunkline.testkit;

import io.trunkline.ai.LanguageAnalyzer;
import io.trunkline.ai.Transcriber;
import io.trunkline.connector.Category;
import io.trunkline.connector.ConnectionCheck;
import io.trunkline.connector.Connector;
import io.trunkline.connector.ConnectorDescriptor;
import io.trunkline.connector.ConnectorProvider;
import io.trunkline.connector.ConnectorRuntime;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.connector.CredentialKind;
import io.trunkline.connector.OpenConnector;
import io.trunkline.messaging.Email;
import io.trunkline.webhook.WebhookProtocol;
import java.util.concurrent.atomic.AtomicBoolean;

/** A connector that does everything in this process and keeps every contract, unless a {@link Flaw} is on. */
final class MiniLocal implements ConnectorProvider {

    private final ConnectorDescriptor descriptor = ConnectorDescriptor.builder("mini-local", "Mini", Category.AI)
            .credentials(CredentialKind.NONE)
            .documentation("https://example.test/")
            .capabilities(
                    LanguageAnalyzer.SENTIMENT,
                    LanguageAnalyzer.INTENT,
                    LanguageAnalyzer.ENTITIES,
                    LanguageAnalyzer.SUMMARY,
                    LanguageAnalyzer.STREAM,
                    LanguageAnalyzer.DISPOSITION,
                    LanguageAnalyzer.DETECT)
            .capabilities(Transcriber.BATCH, Transcriber.STREAM)
            .capabilities(Email.SEND, Email.FETCH, Email.MARK_SEEN, Email.WATCH)
            .build();
    private final MiniMail.Box box;

    /** With the mailbox that its mail goes to. */
    MiniLocal(MiniMail.Box box) {
        this.box = box;
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public Connector open(ConnectorSettings settings, ConnectorRuntime runtime) {
        String name = runtime.connection();
        AtomicBoolean closed = new AtomicBoolean();
        return OpenConnector.of(descriptor)
                .onClose(() -> closed.set(true))
                .offer(ConnectionCheck.class, options -> {
                    if (closed.get() && !Flaw.TALKS_AFTER_CLOSE.here()) {
                        throw new IllegalStateException("closed");
                    }
                    box.asked();
                    return "mini";
                })
                .offer(LanguageAnalyzer.class, new MiniAnalyzer(name, descriptor.capabilitiesOf("language")))
                .offer(Transcriber.class, new MiniSpeech(name, descriptor.capabilitiesOf("speech")))
                .offer(Email.class, new MiniMail(name, descriptor.capabilitiesOf("email"), box))
                .offer(WebhookProtocol.class, new MiniWebhooks(name))
                .build();
    }
}
