package io.trunkline.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Serves a {@link WebhookReceiver} from the JDK's own HTTP server. A body that is not there after 10 seconds ends the
 * connection; for the head of a request the server has limits of its own ({@code sun.net.httpserver.maxReqTime}).
 */
public final class JdkWebhookHandler implements HttpHandler {

    private final WebhookReceiver receiver;
    private final PublicAddress publicAddress;
    private final Duration patience;

    /**
     * An adapter.
     *
     * @param publicAddress the address as the platform calls it, such as {@code https://calls.example.com}: behind a
     *     proxy the server cannot know it, and some platforms sign it
     * @throws IllegalArgumentException if the address has no scheme or host
     */
    public JdkWebhookHandler(WebhookReceiver receiver, URI publicAddress) {
        this(receiver, publicAddress, TimedBody.PATIENCE);
    }

    JdkWebhookHandler(WebhookReceiver receiver, URI publicAddress, Duration patience) {
        this.receiver = receiver;
        this.publicAddress = new PublicAddress(publicAddress);
        this.patience = patience;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = body(exchange);
            URI called = exchange.getRequestURI();
            Optional<URI> url = publicAddress.of(called.getRawPath(), called.getRawQuery());
            WebhookReply reply = url.isEmpty()
                    ? WebhookReply.status(400)
                    : receiver.receive(new WebhookRequest(
                            exchange.getRequestMethod(),
                            url.get(),
                            exchange.getRequestHeaders(),
                            body,
                            receiver.now()));
            if (!reply.contentType().isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", reply.contentType());
            }
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            if (reply.body().length > 0) {
                exchange.getResponseBody().write(reply.body());
            }
        }
    }

    /** The server waits for ever for a body that does not come, so somebody else has to end the connection. */
    private byte[] body(HttpExchange exchange) throws IOException {
        CompletableFuture<Boolean> arrived = new CompletableFuture<>();
        CompletableFuture<Void> watched = arrived.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handle((done, late) -> {
                    if (late != null) {
                        exchange.close();
                    }
                    return null;
                });
        try {
            return exchange.getRequestBody().readNBytes(receiver.largestBody() + 1);
        } finally {
            arrived.complete(true);
            watched.join();
        }
    }
}
