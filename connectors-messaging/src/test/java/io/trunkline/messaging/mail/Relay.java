package io.trunkline.messaging.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A wire to a server that a test can cut. */
final class Relay implements AutoCloseable {

    private final ServerSocket entry = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final List<Socket> ends = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Semaphore idles = new Semaphore(0);
    private final int target;
    private int awaited;

    Relay(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    int port() {
        return entry.getLocalPort();
    }

    /** Waits until the server has agreed to that many IDLEs in all. */
    void awaitIdles(int wanted) throws InterruptedException {
        if (!idles.tryAcquire(wanted - awaited, 20, TimeUnit.SECONDS)) {
            throw new AssertionError("no IDLE came");
        }
        awaited = wanted;
    }

    int connections() {
        return connections.get();
    }

    /** Ends every connection that is open now; new ones are let through. */
    void cut() throws IOException {
        for (Socket end : ends) {
            end.close();
        }
        ends.clear();
    }

    @Override
    public void close() throws IOException {
        entry.close();
        cut();
    }

    private void accept() {
        while (!entry.isClosed()) {
            try {
                Socket client = entry.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                ends.add(client);
                ends.add(server);
                connections.incrementAndGet();
                start(() -> copy(client, server, new Semaphore(0)));
                start(() -> copy(server, client, idles));
            } catch (IOException e) {
                Thread.onSpinWait(); // The test is over.
            }
        }
    }

    private static void copy(Socket from, Socket to, Semaphore idles) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8_192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
                if (new String(buffer, 0, count, StandardCharsets.ISO_8859_1).startsWith("+ ")) {
                    idles.release();
                }
            }
        } catch (IOException e) {
            Thread.onSpinWait(); // Cut.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }
}
