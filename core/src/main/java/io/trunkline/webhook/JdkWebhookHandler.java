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
 * Serves a {@link WebhookReceiver} from the JDK's own HTTP server. A request that is not there and answered after 10
 * seconds ends the connection; for the head of a request the server has limits of its own ({@code sun.net.httpserver.maxReqTime}).
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

    /** The server waits for ever for bytes that do not come, also when it has answered, so somebody ends the connection. */
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        CompletableFuture<Void> watched = answered.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handle((done, late) -> {
                    if (late != null) {
                        exchange.close();
                    }
                    return null;
                });
        try (exchange) {
            answer(exchange, reply(exchange));
        } finally {
            answered.complete(true);
            watched.join();
        }
    }

    private WebhookReply reply(HttpExchange exchange) throws IOException {
        URI called = exchange.getRequestURI();
        Optional<URI> url = publicAddress.of(called.getRawPath(), called.getRawQuery());
        if (url.isEmpty()) {
            return WebhookReply.status(400);
        }
        return TimedBody.read(exchange.getRequestBody(), receiver.largestBody() + 1, receiver.time())
                .map(body -> receiver.receive(new WebhookRequest(
                        exchange.getRequestMethod(), url.get(), exchange.getRequestHeaders(), body, receiver.now())))
                .orElse(WebhookReply.status(408));
    }

    private static void answer(HttpExchange exchange, WebhookReply reply) throws IOException {
        if (!reply.contentType().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        }
        exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
        if (reply.body().length > 0) {
            exchange.getResponseBody().write(reply.body());
        }
    }
}
