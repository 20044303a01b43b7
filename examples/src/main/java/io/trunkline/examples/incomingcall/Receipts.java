package io.trunkline.examples.incomingcall;

import com.sun.net.httpserver.HttpServer;
import io.trunkline.auth.Macs;
import io.trunkline.crm.Tickets;
import io.trunkline.delivery.WorkerThreads;
import io.trunkline.event.ReceiptReceived;
import io.trunkline.store.Store;
import io.trunkline.value.RecordRef;
import io.trunkline.value.TimeSource;
import io.trunkline.webhook.JdkWebhookHandler;
import io.trunkline.webhook.WebhookDispatcher;
import io.trunkline.webhook.WebhookProtocol;
import io.trunkline.webhook.WebhookReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The host's end of webhooks: a server that takes the platform's receipt, and a handler that notes it in the case. */
final class Receipts implements AutoCloseable {

    private final HttpServer server;
    private final WorkerThreads worker;
    private final Store store = Store.inMemory(TimeSource.system());
    private final CountDownLatch noted = new CountDownLatch(1);

    Receipts(WebhookProtocol protocol, Tickets tickets, RecordRef ticket) {
        WebhookDispatcher dispatcher = new WebhookDispatcher("sms", protocol, store, TimeSource.system())
                .on(ReceiptReceived.class, receipt -> {
                    tickets.comment(ticket, "Text message is " + receipt.platformStatus(), false);
                    noted.countDown();
                });
        this.worker = dispatcher.start(1);
        WebhookReceiver receiver = new WebhookReceiver("sms", protocol, store, TimeSource.system(), worker::wake);
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/sms", new JdkWebhookHandler(receiver, address()));
        server.start();
    }

    /** What Twilio does when a message was delivered: a form, signed with the account's token. */
    int pretendDelivered(String messageId, String token) {
        URI url = address().resolve("/sms");
        String signed = url + "MessageSid" + messageId + "MessageStatusdelivered";
        byte[] mac =
                Macs.hmac("HmacSHA1", token.getBytes(StandardCharsets.UTF_8), signed.getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Twilio-Signature", Base64.getEncoder().encodeToString(mac))
                .POST(HttpRequest.BodyPublishers.ofString("MessageSid=" + messageId + "&MessageStatus=delivered"))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** Whether the receipt was noted in the case within 10 seconds. */
    boolean noted() {
        try {
            return noted.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
        worker.close();
        store.close();
    }
}
