package io.trunkline.benchmarks.throughput;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An org with contacts, which answers Salesforce's queries and nothing else: the page after an id, from bytes made before,
 * into which only numbers are written. It looks at nothing of a query but that id and the limit.
 */
final class ContactServer implements AutoCloseable {

    private static final Pattern AFTER = Pattern.compile("Id > '003(\\d{12})AAA'");
    private static final Pattern LIMIT = Pattern.compile("LIMIT (\\d+)");
    private static final byte[] TOKEN = ("{\"access_token\":\"token\",\"token_type\":\"Bearer\","
                    + "\"instance_url\":\"https://acme.my.salesforce.com\"}")
            .getBytes(StandardCharsets.UTF_8);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final int records;

    private ContactServer(int records) throws IOException {
        this.records = records;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/services/oauth2/token", exchange -> {
            exchange.getRequestBody().readAllBytes();
            answer(exchange, TOKEN);
        });
        server.createContext("/services/data/", exchange -> answer(exchange, page(exchange.getRequestURI())));
    }

    static ContactServer start(int records) throws IOException {
        ContactServer started = new ContactServer(records);
        started.server.start();
        return started;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Takes numbers of contacts, prints a port for each, and serves until its input ends. */
    public static void main(String[] args) throws IOException {
        for (String records : args) {
            System.out.println(start(Integer.parseInt(records)).uri());
        }
        System.in.read();
        System.exit(0);
    }

    private byte[] page(URI query) {
        String soql = query.getQuery().replace('+', ' ');
        Matcher after = AFTER.matcher(soql);
        int first = after.find() ? Integer.parseInt(after.group(1)) + 1 : 0;
        Matcher limit = LIMIT.matcher(soql);
        int most = limit.find() ? Integer.parseInt(limit.group(1)) : 2_000;
        return ContactPage.of(first, Math.max(0, Math.min(most, records - first)));
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
