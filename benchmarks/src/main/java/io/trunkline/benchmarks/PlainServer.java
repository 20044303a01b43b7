package io.trunkline.benchmarks;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Answers every request with the same kilobyte of JSON. Run with {@code -Dsun.net.httpserver.nodelay=true}. */
public final class PlainServer {

    private PlainServer() {}

    /** Prints its port and serves until it is ended. */
    public static void main(String[] args) throws IOException {
        byte[] body = row();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    static byte[] row() {
        return ("{\"id\":42,\"name\":\"Ada\",\"notes\":\"" + "x".repeat(960) + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
