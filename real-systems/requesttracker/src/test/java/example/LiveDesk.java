package example;

import io.trunkline.mapping.Json;
import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.FakeReply;
import io.trunkline.testkit.FakeRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The one real server of all contracts, behind a platform of the testkit that passes everything on and can be broken. */
final class LiveDesk {

    static final DeskServer SERVER = DeskServer.fresh(Map.of());

    private static final List<String> PASSED_ON = List.of("authorization", "content-type", "if-match", "accept");
    private static final List<String> PASSED_BACK = List.of("content-type", "etag", "location");
    private static final AtomicInteger QUEUES = new AtomicInteger();

    private LiveDesk() {}

    /** A platform that passes everything on. */
    static FakePlatform platform() {
        FakePlatform platform = FakePlatform.start();
        for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
            platform.on(method, "/.*", LiveDesk::passedOn);
        }
        return platform;
    }

    /** A new queue, so that nobody meets another test's calls. */
    static String queue() {
        String name = "Q" + QUEUES.incrementAndGet();
        request("POST", "queue", Map.of("Name", name));
        return name;
    }

    /** How many tickets a condition means, asked of the server itself. */
    static int count(String condition) {
        Map<String, Object> answer =
                request("GET", "tickets?query=" + URLEncoder.encode(condition, StandardCharsets.UTF_8), null);
        return ((Long) answer.get("total")).intValue();
    }

    static Map<String, Object> request(String method, String path, Object body) {
        Map<String, String> headers =
                Map.of("Authorization", "token " + DeskServer.token(), "Content-Type", "application/json");
        Wire.Answer answer = sent(
                method,
                SERVER.uri().resolve("REST/2.0/" + path),
                headers,
                body == null ? new byte[0] : Json.write(body));
        if (answer.status() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + answer.status());
        }
        boolean object = answer.body().length > 0 && answer.body()[0] == '{';
        return object ? new LinkedHashMap<>(Json.object(answer.body())) : Map.of();
    }

    private static FakeReply passedOn(FakeRequest asked) {
        String query = asked.url().getRawQuery() == null ? "" : "?" + asked.url().getRawQuery();
        URI url = SERVER.uri().resolve(asked.url().getRawPath() + query);
        Map<String, String> headers = new LinkedHashMap<>();
        PASSED_ON.forEach(name -> asked.header(name).ifPresent(value -> headers.put(name, value)));
        Wire.Answer answer = sent(asked.method(), url, headers, asked.body());
        Map<String, String> back = new LinkedHashMap<>(answer.headers());
        back.keySet().retainAll(PASSED_BACK);
        return new FakeReply(answer.status(), back, answer.body());
    }

    private static Wire.Answer sent(String method, URI url, Map<String, String> headers, byte[] body) {
        try {
            return Wire.send(method, url, headers, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
