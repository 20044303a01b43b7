package io.trunkline.http;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.privacy.MaskedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that notices a dead line and cannot be flooded: a ping every 20 seconds, no compression, messages of at most
 * 4 MiB, at most 1 MiB waiting to leave, and a close that ends within a second. Thread-safe.
 */
public final class BoundedWebSocket implements AutoCloseable {

    private static final MaskedLog LOG = MaskedLog.of(BoundedWebSocket.class);
    private static final Duration PING = Duration.ofSeconds(20);
    private static final long MOST_WAITING = 1 << 20;
    private static final int LARGEST_MESSAGE = 4 << 20;
    /** What frames, pings and encryption may add to a message. */
    private static final int AROUND_A_MESSAGE = 1 << 20;

    private static final int GOOD_END = 1000;
    private static final int TOO_BIG = 1009;

    private final String connection;
    private final ThreadPoolExecutor threads;
    private final Guard guard;
    private final WebSocket socket;

    private BoundedWebSocket(ThreadPoolExecutor threads, OkHttpClient client, Guard guard, Request request) {
        this.connection = guard.connection;
        this.threads = threads;
        this.guard = guard;
        this.socket = client.newWebSocket(request, guard);
    }

    /** What is opened, and who is told. */
    record Opening(Request request, WebSocketListener listener, Duration within) {}

    static BoundedWebSocket open(String connection, OkHttpClient shared, Opening opening) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                1, 2, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(8), DaemonThreads.named("websocket"));
        threads.allowCoreThreadTimeOut(true);
        CountedSockets sockets = new CountedSockets(LARGEST_MESSAGE + AROUND_A_MESSAGE);
        OkHttpClient client = shared.newBuilder()
                .socketFactory(sockets)
                .dispatcher(new Dispatcher(threads))
                .pingInterval(PING)
                .callTimeout(opening.within())
                .addInterceptor(BoundedWebSocket::withoutCompression)
                .build();
        Guard guard = new Guard(connection, opening.listener(), sockets);
        return new BoundedWebSocket(threads, client, guard, opening.request());
    }

    /** Sends text; false if it is closed. Throws {@link io.trunkline.error.RetryLaterException} if too much waits. */
    public boolean send(String message) {
        requireRoom();
        return socket.send(message);
    }

    /** Sends bytes; false if it is closed. Throws {@link io.trunkline.error.RetryLaterException} if too much waits. */
    public boolean send(byte[] message) {
        requireRoom();
        return socket.send(ByteString.of(message));
    }

    /** How many bytes wait to leave. */
    public long waiting() {
        return socket.queueSize();
    }

    /** Ends it in good order if the other side answers within a second, and otherwise breaks it off. */
    @Override
    public void close() {
        socket.close(GOOD_END, null);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
                socket.cancel();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            socket.cancel();
        }
    }

    boolean over() {
        return guard.over;
    }

    /** Ends it at once. */
    void breakOff() {
        socket.cancel();
        threads.shutdown();
    }

    private void requireRoom() {
        if (socket.queueSize() > MOST_WAITING) {
            throw Failures.of(
                    "the other side takes less than is sent; send less or wait",
                    ErrorContext.of(connection, "websocket", ErrorKind.REJECTED_LOCALLY));
        }
    }

    private static Response withoutCompression(Interceptor.Chain chain) throws IOException {
        return chain.proceed(chain.request()
                .newBuilder()
                .removeHeader("Sec-WebSocket-Extensions")
                .build());
    }

    /** Checks what comes before the listener sees it. */
    private static final class Guard extends okhttp3.WebSocketListener {

        private final String connection;
        private final WebSocketListener listener;
        private final CountedSockets sockets;
        private volatile boolean over;

        Guard(String connection, WebSocketListener listener, CountedSockets sockets) {
            this.connection = connection;
            this.listener = listener;
            this.sockets = sockets;
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            if (fits(socket, text.length())) {
                handing(socket, () -> listener.text(text));
            }
        }

        @Override
        public void onMessage(WebSocket socket, ByteString bytes) {
            if (fits(socket, bytes.size())) {
                handing(socket, () -> listener.bytes(bytes.toByteArray()));
            }
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            socket.close(GOOD_END, null);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            if (!over) {
                over = true;
                listener.ended(code);
            }
        }

        @Override
        public void onFailure(WebSocket socket, Throwable thrown, @Nullable Response response) {
            if (!over) {
                over = true;
                ErrorKind kind = response == null
                        ? ErrorKind.TRANSPORT
                        : StatusErrors.of(response.code()).kind();
                listener.failed(failure(kind, "the WebSocket broke or could not be opened"));
            }
        }

        /** A listener that fails has lost its place in the stream, so the stream ends with it. */
        private void handing(WebSocket socket, Runnable message) {
            try {
                message.run();
            } catch (RuntimeException | Error e) {
                over = true;
                socket.cancel();
                LOG.warn("the listener of a WebSocket failed: {}", e.getClass());
                listener.failed(failure(ErrorKind.CANCELLED, "the listener itself failed, so the WebSocket was ended"));
            }
        }

        private boolean fits(WebSocket socket, int size) {
            sockets.taken();
            if (over) {
                return false;
            }
            if (size > LARGEST_MESSAGE) {
                over = true;
                socket.close(TOO_BIG, null);
                socket.cancel();
                listener.failed(failure(ErrorKind.PROTOCOL, "a message is larger than the library accepts"));
                return false;
            }
            return true;
        }

        private RuntimeException failure(ErrorKind kind, String advice) {
            return Failures.of(advice, ErrorContext.of(connection, "websocket", kind));
        }
    }
}
