package example;

import com.sun.net.httpserver.HttpServer;
import io.trunkline.Trunkline;
import io.trunkline.connector.CommonSettings;
import io.trunkline.messaging.SendOutcome;
import io.trunkline.messaging.Sms;
import io.trunkline.messaging.SmsMessage;
import io.trunkline.messaging.twilio.Twilio;
import io.trunkline.value.PhoneNumber;
import io.trunkline.value.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends a text message to a server on this machine through the installed library. */
public final class Consumer {

    private static final String SID = "AC0123456789abcdef0123456789abcdef";

    private Consumer() {}

    /** Prints what the server got, and fails if anything is not as it should be. */
    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = ("{\"sid\":\"SM0123456789abcdef0123456789abcdef\",\"status\":\"queued\","
                            + "\"num_segments\":\"1\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(201, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        try (Trunkline trunkline = Trunkline.builder()
                .connect(
                        "sms",
                        Twilio.account(SID, Secret.of("token"))
                                .with(CommonSettings.BASE_URL, List.of(address))
                                .with(Twilio.FROM, "+15005550006"))
                .build()) {
            SendOutcome outcome = trunkline
                    .client(Sms.class, "sms")
                    .send(SmsMessage.to(PhoneNumber.parse("+447700900123"), "r-1").text("hello").build());
            if (!(outcome instanceof SendOutcome.Accepted)) {
                throw new IllegalStateException(outcome.toString());
            }
            System.out.println("consumer-check: a stranger's project sent a message: " + outcome);
        } finally {
            server.stop(0);
        }
    }
}
