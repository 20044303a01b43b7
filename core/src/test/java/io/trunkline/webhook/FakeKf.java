package io.trunkline.webhook;

import static io.trunkline.checks.LocalServer.json;

import io.trunkline.checks.AttemptLedger;
import io.trunkline.checks.LocalServer;
import io.trunkline.checks.VirtualClock;
import io.trunkline.http.ApiCall;
import io.trunkline.http.Endpoints;
import io.trunkline.http.HttpConnectionSettings;
import io.trunkline.http.HttpStack;
import io.trunkline.http.Safe;
import io.trunkline.mapping.Json;
import io.trunkline.resilience.Attempt;
import io.trunkline.resilience.CallListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import retrofit2.http.Body;
import retrofit2.http.POST;

/**
 * A platform whose webhooks say only that there is something; the messages of the last three days are read by a cursor,
 * two at a time, after a first page that is empty and promises more.
 */
final class FakeKf implements AutoCloseable {

    /** The call that reads. */
    interface Api {
        @POST("sync_msg")
        @Safe("kf.sync")
        ApiCall<String> sync(@Body Ask ask);
    }

    /** What a reader sends. */
    public record Ask(String cursor, String token, String account) {}

    static final Duration REACH = Duration.ofDays(3);
    private static final int PAGE = 2;

    private record Message(String account, String id, String customer, String text, Instant at) {}

    final LocalServer server = LocalServer.answering(this::answer);
    final HttpStack http = HttpStack.builder()
            .listener(new CallListener() {
                @Override
                public void attempt(Attempt attempt) {
                    if (attempt.sent()) {
                        AttemptLedger.shared().attempted(attempt.origin());
                    }
                }
            })
            .build();
    final Api api = http.connect(HttpConnectionSettings.builder("kf", Endpoints.of(server.uri()))
                    .build())
            .api(Api.class);
    final AtomicInteger reads = new AtomicInteger();
    final List<String> tokens = new CopyOnWriteArrayList<>();
    volatile boolean circling;
    volatile String broken = "";
    private volatile VirtualClock clock;
    private final List<Message> messages = new CopyOnWriteArrayList<>();

    FakeKf(VirtualClock clock) {
        this.clock = clock;
    }

    /** Forgets all that was written, and goes by another clock. */
    void begin(VirtualClock other) {
        clock = other;
        messages.clear();
    }

    /** A customer writes. */
    void write(String account, String customer, String text) {
        messages.add(new Message(account, "m" + messages.size(), customer, text, clock.now()));
    }

    private MockResponse answer(RecordedRequest request) {
        reads.incrementAndGet();
        Map<String, ?> ask = Json.object(request.getBody().toByteArray());
        String account = String.valueOf(ask.get("account"));
        tokens.add(String.valueOf(ask.get("token")));
        if (account.equals(broken)) {
            return json(503, "{}");
        }
        String cursor = String.valueOf(ask.get("cursor"));
        // The first page is the empty one that WeCom may give with more to come.
        int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor.replace("+", ""));
        List<Message> left = new ArrayList<>();
        for (int i = from; i < messages.size(); i++) {
            Message message = messages.get(i);
            if (message.account.equals(account)
                    && !message.at.isBefore(clock.now().minus(REACH))) {
                left.add(message);
            }
        }
        if (circling || (!left.isEmpty() && cursor.isEmpty())) {
            return page(List.of(), circling ? cursor : from + "+", true);
        }
        List<Message> given = left.subList(0, Math.min(PAGE, left.size()));
        int next = given.isEmpty() ? messages.size() : messages.indexOf(given.get(given.size() - 1)) + 1;
        return page(given, String.valueOf(next), left.size() > given.size());
    }

    private static MockResponse page(List<Message> given, String next, boolean more) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Message message : given) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("msgid", message.id);
            item.put("external_userid", message.customer);
            item.put("send_time", message.at.getEpochSecond());
            item.put("text", message.text);
            list.add(item);
        }
        byte[] body = Json.write(Map.of("msg_list", list, "next_cursor", next, "has_more", more ? 1L : 0L));
        return json(200, new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
