package io.trunkline.testkit;

import io.trunkline.checks.LocalServer;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/**
 * A platform on this machine: routes with handlers, a script of faults, and a record of what was asked and answered. A
 * request that fits no route is answered with 404 and fails {@link #close}.
 */
public final class FakePlatform implements RunningPlatform {

    /** One exchange as it was: what was asked and what the platform itself answered, before any fault. */
    public record Exchange(FakeRequest request, FakeReply reply) {}

    private record Route(String method, Pattern path, Function<FakeRequest, FakeReply> handler) {}

    private final List<Route> routes = new CopyOnWriteArrayList<>();
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final List<String> unknown = new CopyOnWriteArrayList<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final LocalServer server;
    private volatile Fault always = Fault.none();

    private FakePlatform() {
        this.server = LocalServer.answering(this::answer);
    }

    /** Starts a platform without routes. */
    public static FakePlatform start() {
        return new FakePlatform();
    }

    /**
     * Adds a route.
     *
     * @param path a regular expression for the raw path; its groups are {@link FakeRequest#captured}
     */
    public FakePlatform on(String method, String path, Function<FakeRequest, FakeReply> handler) {
        routes.add(new Route(method, Pattern.compile(path), handler));
        return this;
    }

    /** Puts faults on the next answers, one each. */
    public void next(Fault... script) {
        synchronized (faults) {
            faults.addAll(List.of(script));
        }
    }

    /** Puts a fault on every answer from now on for which {@link #next} has none; {@link Fault#none()} ends that. */
    public void always(Fault fault) {
        this.always = fault;
    }

    @Override
    public void silence() {
        always(Fault.silence());
    }

    /** The address, ending in a slash. */
    public URI uri() {
        return server.uri();
    }

    @Override
    public int count() {
        return server.count();
    }

    /** What was asked and answered, in order. */
    public List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** The last request that a route has answered. */
    public FakeRequest last() {
        return exchanges.get(exchanges.size() - 1).request();
    }

    /** Stops it. Throws {@link AssertionError} if it was asked for something that it does not have. */
    @Override
    public void close() {
        server.close();
        if (!unknown.isEmpty()) {
            throw new AssertionError("the platform was asked for what it does not have: " + unknown);
        }
    }

    private MockResponse answer(RecordedRequest request) {
        Fault fault = fault();
        if (fault.beforeWork()) {
            return fault.on(FakeReply.json(200, "").response());
        }
        String path = request.getUrl().encodedPath();
        for (Route route : routes) {
            Matcher matcher = route.path().matcher(path);
            if (route.method().equals(request.getMethod()) && matcher.matches()) {
                FakeRequest asked = new FakeRequest(request, groups(matcher));
                FakeReply reply = route.handler().apply(asked);
                exchanges.add(new Exchange(asked, reply));
                return fault.on(reply.response());
            }
        }
        unknown.add(request.getMethod() + " " + path);
        return FakeReply.empty(404).response();
    }

    private Fault fault() {
        synchronized (faults) {
            Fault next = faults.poll();
            return next == null ? always : next;
        }
    }

    private static List<String> groups(Matcher matcher) {
        List<String> groups = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            groups.add(matcher.group(i) == null ? "" : matcher.group(i));
        }
        return groups;
    }
}
