package io.trunkline.http;

import io.trunkline.resilience.CallListener;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.io.IOException;
import java.net.Proxy;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The sockets, the threads and the rules that all connections share. One is made for one {@code Trunkline} and closed
 * with it; it starts no thread before the first call. Thread-safe.
 */
public final class HttpStack implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int IDLE_CONNECTIONS = 64;

    private final Lazily<OkHttpClient> client;
    private final TimeSource time;
    private final CallListener listener;
    private final DeadlineDns dns;
    private final InterruptWatch interrupts = new InterruptWatch();
    private final Callers callers = new Callers();
    private final Set<BoundedWebSocket> sockets = new HashSet<>();
    private final @Nullable KeyStore trusted;

    private HttpStack(Builder builder) {
        this.time = builder.time;
        this.listener = builder.listener;
        this.trusted = builder.trusted;
        this.dns = new DeadlineDns(builder.resolver);
        this.client = new Lazily<>(() -> client(builder));
    }

    /** Starts with the machine's clock, no listener, no proxy and the JDK's trust. */
    public static Builder builder() {
        return new Builder();
    }

    /** Opens a connection to a platform; nothing is sent. */
    public HttpConnection connect(HttpConnectionSettings settings) {
        return new HttpConnection(this, new Lazily<>(() -> own(settings)), settings);
    }

    /**
     * Ends the calls under way, those that wait included, breaks WebSockets off and ends all threads. Nothing is sent
     * afterwards. Closing again does nothing.
     */
    @Override
    public void close() {
        callers.close();
        interrupts.close();
        opened().forEach(BoundedWebSocket::breakOff);
        client.made().ifPresent(made -> {
            made.dispatcher().cancelAll();
            made.dispatcher().executorService().shutdownNow();
            made.connectionPool().evictAll();
        });
        dns.close();
    }

    private OkHttpClient own(HttpConnectionSettings settings) {
        OkHttpClient.Builder own = client.get().newBuilder();
        settings.certificate().ifPresent(certificate -> certificate.install(own, trusted));
        return own.build();
    }

    TimeSource time() {
        return time;
    }

    CallListener listener() {
        return listener;
    }

    InterruptWatch interrupts() {
        return interrupts;
    }

    Callers callers() {
        return callers;
    }

    void opened(BoundedWebSocket socket) {
        synchronized (sockets) {
            sockets.removeIf(BoundedWebSocket::over);
            sockets.add(socket);
        }
        if (callers.closed()) {
            socket.breakOff();
        }
    }

    private List<BoundedWebSocket> opened() {
        synchronized (sockets) {
            return List.copyOf(sockets);
        }
    }

    private Response whileOpen(Interceptor.Chain chain) throws IOException {
        if (callers.closed()) {
            throw new IOException("the library is closed");
        }
        return chain.proceed(chain.request());
    }

    private OkHttpClient client(Builder builder) {
        AttemptEvents events = new AttemptEvents(dns);
        OkHttpClient.Builder own = new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 5, TimeUnit.MINUTES))
                .dns(dns)
                .eventListenerFactory((Call call) -> events)
                .proxyAuthenticator(builder.proxyCredential)
                .addInterceptor(this::whileOpen)
                .addNetworkInterceptor(new SingleUse())
                .addNetworkInterceptor(new RetryAfterShield());
        if (builder.proxy != null) {
            own.proxy(builder.proxy);
        }
        if (trusted != null) {
            ClientCertificate.trust(own, trusted);
        }
        if (builder.answers != null) {
            own.addInterceptor(builder.answers);
        }
        return own.build();
    }

    /** Collects what a stack is made of. */
    public static final class Builder {

        private final List<CallListener> listeners = new ArrayList<>();
        private TimeSource time = TimeSource.system();
        private CallListener listener = CallListener.none();
        private Dns resolver = Dns.SYSTEM;
        private @Nullable Proxy proxy;
        private ProxyCredential proxyCredential = ProxyCredential.none();
        private @Nullable KeyStore trusted;
        private @Nullable Interceptor answers;

        private Builder() {}

        /** What answers in the network's place, so that the cost of the library itself can be measured. */
        Builder answers(Interceptor value) {
            this.answers = value;
            return this;
        }

        /** The clock. */
        public Builder time(TimeSource value) {
            this.time = value;
            return this;
        }

        /** Adds a listener. */
        public Builder listener(CallListener value) {
            listeners.add(value);
            return this;
        }

        /** The way out of the house; the proxy then is what keeps requests from private addresses. */
        public Builder proxy(Proxy value) {
            this.proxy = value;
            return this;
        }

        /** The way out of the house for those who show name and password there. */
        public Builder proxy(Proxy value, String user, Secret password) {
            this.proxyCredential = ProxyCredential.basic(user, password);
            return proxy(value);
        }

        /** Trusts the certificates of this store instead of the JDK's. */
        public Builder trust(KeyStore value) {
            this.trusted = value;
            return this;
        }

        /** Resolves names by the given function instead of the machine's resolver. */
        public Builder resolver(Dns value) {
            this.resolver = value;
            return this;
        }

        /** The stack. */
        public HttpStack build() {
            listener = listeners.isEmpty() ? CallListener.none() : CallListener.all(listeners);
            return new HttpStack(this);
        }
    }
}
