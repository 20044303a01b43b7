package io.trunkline.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of the test that says exactly the bytes it is told, where a proper server would not let itself be brought to. */
final class RawServer implements AutoCloseable {

    /** What happens on one connection. */
    @FunctionalInterface
    interface Script {
        void run(Socket socket) throws Exception;
    }

    private final ServerSocket listener;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    private RawServer(InetAddress address, int port, int backlog) {
        try {
            listener = new ServerSocket();
            listener.bind(new InetSocketAddress(address, port), backlog);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RawServer running(Script script) {
        RawServer server = new RawServer(InetAddress.getLoopbackAddress(), 0, 50);
        Thread thread = new Thread(() -> server.accept(script), "raw-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    /** Answers each request head with the same text and closes. */
    static RawServer answering(String answer) {
        return running(socket -> {
            head(socket.getInputStream());
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
        });
    }

    /** A port whose queue is full, so that the system drops every further attempt to connect. */
    static RawServer full(InetAddress address, int port) {
        RawServer server = new RawServer(address, port, 1);
        for (int i = 0; i < 4; i++) {
            Socket socket = new Socket();
            server.open.add(socket);
            try {
                socket.connect(server.listener.getLocalSocketAddress(), 100);
            } catch (IOException e) {
                break;
            }
        }
        return server;
    }

    /** Reads a request up to the empty line. */
    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    Proxy asProxy() {
        return new Proxy(Proxy.Type.HTTP, listener.getLocalSocketAddress());
    }

    int connections() {
        return connections.get();
    }

    private void accept(Script script) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread thread = new Thread(() -> serve(script, socket), "raw-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Script script, Socket socket) {
        try {
            script.run(socket);
        } catch (Exception e) {
            // The other side has gone, or the test is over.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
