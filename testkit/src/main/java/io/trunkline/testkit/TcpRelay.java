package io.trunkline.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A wire to servers on this machine that speak something else than HTTP: it counts connections, and can fall silent, as a
 * network does when its other end has vanished.
 */
public final class TcpRelay implements RunningPlatform {

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "tcp-relay");
        thread.setDaemon(true);
        return thread;
    });
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean silent;

    /** A wire that leads nowhere yet. */
    public TcpRelay() {}

    /** Leads to a server on this machine; gives the port to connect to instead. */
    public int to(int port) {
        try {
            ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            open.add(entrance);
            threads.execute(() -> accept(entrance, port));
            return entrance.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int count() {
        return connections.get();
    }

    @Override
    public void silence() {
        silent = true;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        open.forEach(TcpRelay::end);
    }

    private void accept(ServerSocket entrance, int port) {
        try {
            while (!entrance.isClosed()) {
                Socket near = entrance.accept();
                open.add(near);
                connections.incrementAndGet();
                if (!silent) {
                    Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
                    open.add(far);
                    threads.execute(() -> pump(near, far));
                    threads.execute(() -> pump(far, near));
                }
            }
        } catch (IOException | RejectedExecutionException e) {
            // The relay was closed, or the server behind it: whoever comes next is refused.
            end(entrance);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[8_192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!silent) {
                    to.getOutputStream().write(buffer, 0, read);
                    to.getOutputStream().flush();
                }
            }
        } catch (IOException e) {
            end(from);
        }
    }

    private static void end(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException("a socket could not be closed", e);
        }
    }
}
