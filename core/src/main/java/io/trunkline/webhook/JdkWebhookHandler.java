package io.trunkline.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;

/** Serves a {@link WebhookReceiver} from the JDK's own HTTP server. */
public final class JdkWebhookHandler implements HttpHandler {

    private final WebhookReceiver receiver;
    private final URI publicAddress;

    /**
     * An adapter.
     *
     * @param publicAddress the address as the platform calls it, such as {@code https://calls.example.com}: behind a
     *     proxy the server cannot know it, and some platforms sign it
     */
    public JdkWebhookHandler(WebhookReceiver receiver, URI publicAddress) {
        this.receiver = receiver;
        this.publicAddress = publicAddress;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(receiver.largestBody() + 1);
            URI url = publicAddress.resolve(exchange.getRequestURI().toString());
            WebhookReply reply = receiver.receive(new WebhookRequest(
                    exchange.getRequestMethod(), url, exchange.getRequestHeaders(), body, Instant.now()));
            if (!reply.contentType().isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", reply.contentType());
            }
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            if (reply.body().length > 0) {
                exchange.getResponseBody().write(reply.body());
            }
        }
    }
}
