package io.trunkline.proofs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.trunkline.mapping.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The outside world of a station: a list of changes that grows, and the effects of plain handlers, counted here. */
final class Platform implements AutoCloseable {

    static {
        // Otherwise each small answer waits 40 ms for an acknowledgement that its reader delays.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    static final int KEYS = 500;

    /** For each event the lives of the station in which its plain handler reached the outside. */
    final Map<String, List<Integer>> effects = new ConcurrentHashMap<>();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(6);
    private int changes;

    Platform() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/changes", exchange -> answer(exchange, changes(exchange.getRequestURI())));
        server.createContext("/effects", exchange -> answer(exchange, effect(exchange)));
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** One more change. */
    synchronized void changed(int more) {
        changes += more;
        notifyAll();
    }

    /** What a target holds when all is read. */
    synchronized NumberFeed feed() {
        return new NumberFeed(changes, KEYS, page -> {});
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private byte[] changes(URI uri) {
        String[] query = uri.getQuery().split("[=&]", 4);
        int from = Integer.parseInt(query[1]);
        int end = end(from, Integer.parseInt(query[3]));
        List<Map<String, Object>> list = new ArrayList<>();
        for (int number = from; number < end; number++) {
            list.add(Map.of("id", "r" + number % KEYS, "number", number));
        }
        return Json.write(Map.of("changes", list, "next", end, "more", more(end)));
    }

    /** Waits a little for something new, so that the station need not ask without a pause. */
    private synchronized int end(int from, int limit) {
        long until = System.nanoTime() + 50_000_000L;
        try {
            while (changes <= from && System.nanoTime() < until) {
                wait(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Math.min(from + limit, changes);
    }

    private synchronized boolean more(int end) {
        return end < changes;
    }

    private byte[] effect(HttpExchange exchange) throws IOException {
        int life = Integer.parseInt(exchange.getRequestURI().getQuery().substring("life=".length()));
        String event = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        effects.computeIfAbsent(event, id -> new ArrayList<>());
        effects.computeIfPresent(event, (id, lives) -> {
            lives.add(life);
            return lives;
        });
        return new byte[] {'1'};
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
