package io.trunkline.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * A real HTTP server of a test, on the loopback address and a port that the system chooses. What it serves goes into
 * the {@link AttemptLedger}, so a request that the library does not own up to fails the test.
 */
public final class LocalServer implements AutoCloseable {

    private final MockWebServer server = new MockWebServer();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final boolean watched;

    private LocalServer(Function<RecordedRequest, MockResponse> answers, boolean watched) {
        this.watched = watched;
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                if (watched) {
                    AttemptLedger.shared().served(server.getPort());
                }
                return answers.apply(request);
            }
        });
    }

    /** Starts a server that answers by a function. */
    public static LocalServer answering(Function<RecordedRequest, MockResponse> answers) {
        return new LocalServer(answers, true).start();
    }

    /** Starts a server that gives its answers one after another, and the last of them for ever. */
    public static LocalServer answering(MockResponse first, MockResponse... others) {
        List<MockResponse> queue = new ArrayList<>(List.of(others));
        queue.add(0, first);
        return answering(request -> {
            synchronized (queue) {
                return queue.size() > 1 ? queue.remove(0) : queue.get(0);
            }
        });
    }

    /** Starts a server that is no business of the ledger: for tests that show what a bare client does. */
    public static LocalServer unwatched(Function<RecordedRequest, MockResponse> answers) {
        return new LocalServer(answers, false).start();
    }

    /** An answer with a JSON body. */
    public static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    /** The address, ending in a slash. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getPort() + "/");
    }

    /** The requests seen so far, in order. */
    public List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /** The last request seen. */
    public RecordedRequest lastRequest() {
        return requests.get(requests.size() - 1);
    }

    /** How many requests were seen. */
    public int count() {
        return requests.size();
    }

    /** Stops the server. */
    @Override
    public void close() {
        server.close();
    }

    private LocalServer start() {
        try {
            server.start(InetAddress.getLoopbackAddress(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (watched) {
            AttemptLedger.shared().open(server.getPort());
        }
        return this;
    }
}
