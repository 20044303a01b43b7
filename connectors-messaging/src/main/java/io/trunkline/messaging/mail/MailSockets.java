package io.trunkline.messaging.mail;

import io.trunkline.privacy.MaskedLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.SocketFactory;

/**
 * The sockets of one talk with a mail server. The mail library waits on a socket and hears no interrupt, so a talk is
 * ended by closing what it waits on. TLS is laid over these sockets.
 */
final class MailSockets extends SocketFactory implements AutoCloseable {

    private static final MaskedLog LOG = MaskedLog.of(MailSockets.class);

    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** How long a read may wait from now on. */
    void patience(Duration time) throws SocketException {
        for (Socket socket : sockets) {
            if (!socket.isClosed()) {
                socket.setSoTimeout((int) time.toMillis());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        sockets.forEach(MailSockets::quietly);
    }

    @Override
    public Socket createSocket() throws SocketException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        if (closed) {
            quietly(socket);
            throw new SocketException("the talk is over");
        }
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    private Socket connected(InetSocketAddress address) throws IOException {
        Socket socket = createSocket();
        socket.connect(address);
        return socket;
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("a socket was closed already");
        }
    }
}
