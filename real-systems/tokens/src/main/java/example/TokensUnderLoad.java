package example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.trunkline.auth.ClientAuthentication;
import io.trunkline.auth.OAuthAuthorizer;
import io.trunkline.auth.OAuthGrants;
import io.trunkline.auth.OAuthServer;
import io.trunkline.auth.TokenKey;
import io.trunkline.auth.TokenVault;
import io.trunkline.error.ConnectorException;
import io.trunkline.http.Endpoints;
import io.trunkline.http.HttpConnection;
import io.trunkline.http.HttpConnectionSettings;
import io.trunkline.http.HttpStack;
import io.trunkline.http.RawRequest;
import io.trunkline.mapping.Json;
import io.trunkline.resilience.ResilienceSettings;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many threads that call a resource server with tokens of a real OAuth server, which live five seconds: no call may fail,
 * and there may be no more than one refresh an expiry. The token is kept in SQLite.
 */
public final class TokensUnderLoad {

    private static final Duration LONGEST_CALL = Duration.ofSeconds(20);

    private TokensUnderLoad() {}

    /** Takes the OAuth server's address, the number of threads and the seconds. */
    public static void main(String[] args) throws Exception {
        URI issuer = URI.create(args[0]);
        int threads = Integer.parseInt(args[1]);
        int seconds = Integer.parseInt(args[2]);
        HttpServer resource = resource(threads);
        URI address = URI.create("http://127.0.0.1:" + resource.getAddress().getPort() + "/");
        TimeSource time = TimeSource.system();
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger failures = new AtomicInteger();
        try (Store store = JdbcStore.sqlite(Files.createTempDirectory("tokens").resolve("store.db"), time);
                HttpStack http = HttpStack.builder().build()) {
            HttpConnection connection = connection(http, store, time, issuer, address, threads);
            Instant end = Instant.now().plusSeconds(seconds);
            CountDownLatch done = new CountDownLatch(threads);
            for (int i = 0; i < threads; i++) {
                Thread thread = new Thread(() -> {
                    while (Instant.now().isBefore(end)) {
                        call(connection, calls, failures);
                    }
                    done.countDown();
                });
                thread.start();
            }
            done.await();
        } finally {
            resource.stop(0);
        }
        long tokens = Counts.of(issuer).clientCredentials();
        // A token of 5 s is renewed with a tenth of its life to go; the first one and a last one begun come on top.
        int most = (int) Math.ceil(seconds / 4.5) + 2;
        System.out.printf(
                "real-systems: %d threads, %d s, %d calls, %d failed, %d tokens (at most %d expected)%n",
                threads, seconds, calls.get(), failures.get(), tokens, most);
        if (failures.get() > 0 || tokens > most || tokens < seconds / 6) {
            System.exit(1);
        }
    }

    private static HttpConnection connection(
            HttpStack http, Store store, TimeSource time, URI issuer, URI address, int threads) {
        OAuthServer server = new OAuthServer(
                "crm",
                issuer.resolve("/token"),
                ClientAuthentication.basic("crm", Secret.of("secret-of-the-test")),
                http,
                time);
        TokenKey key = new TokenKey("crm", "crm", Set.of("api:read"), server.origin());
        return http.connect(HttpConnectionSettings.builder("crm", Endpoints.of(address))
                .authorizer(new OAuthAuthorizer(
                        new TokenVault(store, time),
                        key,
                        OAuthGrants.clientCredentials(server, Set.of("api:read"))))
                .resilience(ResilienceSettings.DEFAULT.concurrentCalls(threads))
                .build());
    }

    private static void call(HttpConnection connection, AtomicInteger calls, AtomicInteger failures) {
        calls.incrementAndGet();
        try {
            connection.raw().send(RawRequest.of("GET", "who"), CallOptions.within(LONGEST_CALL));
        } catch (ConnectorException e) {
            failures.incrementAndGet();
            System.out.println(e.getMessage());
        }
    }

    /** Takes a token only while it lives. */
    private static HttpServer resource(int threads) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), threads);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(alive(exchange) ? 200 : 401, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static boolean alive(HttpExchange exchange) {
        String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String[] parts = header.replace("Bearer ", "").split("\\.");
        if (parts.length != 3) {
            return false;
        }
        Object expiry = Json.object(Base64.getUrlDecoder().decode(parts[1])).get("exp");
        return expiry instanceof Long second && Instant.now().getEpochSecond() < second;
    }
}
