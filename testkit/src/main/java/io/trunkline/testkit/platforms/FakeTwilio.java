package io.trunkline.testkit.platforms;

import io.trunkline.testkit.FakePlatform;
import io.trunkline.testkit.FakeReply;
import io.trunkline.testkit.FakeRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Twilio account on this machine: messages that can be sent, listed and cancelled, and their media. A number that ends in
 * 0000 does not exist, one that ends in 0001 has opted out.
 */
public final class FakeTwilio implements AutoCloseable {

    /** The account. */
    public static final String SID = "AC0123456789abcdef0123456789abcdef";
    /** Its messaging service. */
    public static final String SERVICE = "MG0123456789abcdef0123456789abcdef";

    private static final String BASE = "/2010-04-01/Accounts/" + SID;

    private final FakePlatform platform = FakePlatform.start();
    private final Map<String, Map<String, Object>> messages = new ConcurrentSkipListMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile Instant now = Instant.now();
    private volatile int pageSize = 50;

    /** An account without messages. */
    public FakeTwilio() {
        platform.on(
                "GET",
                BASE + "\\.json",
                request -> FakeReply.json(200, Map.of("sid", SID, "friendly_name", "Acme", "status", "active")));
        platform.on("POST", BASE + "/Messages\\.json", this::send);
        platform.on("GET", BASE + "/Messages\\.json", this::list);
        platform.on("GET", BASE + "/Messages/([^/]+)\\.json", request -> one(request.captured(0)));
        platform.on("POST", BASE + "/Messages/([^/]+)\\.json", this::cancel);
        platform.on("GET", BASE + "/Messages/([^/]+)/Media\\.json", this::media);
        platform.on(
                "GET", BASE + "/Messages/([^/]+)/Media/(ME[^/]+)", request -> FakeReply.text(200, "image/png", "PNG"));
    }

    /** The platform itself: its address, its faults, what it was asked. */
    public FakePlatform platform() {
        return platform;
    }

    /** The messages that the account has taken, by their ids. */
    public Map<String, Map<String, Object>> messages() {
        return messages;
    }

    /** How many messages a page of a list has. */
    public void pageSize(int messagesAPage) {
        this.pageSize = messagesAPage;
    }

    /** Sets the account's clock. */
    public void now(Instant instant) {
        this.now = instant;
    }

    @Override
    public void close() {
        platform.close();
    }

    private FakeReply send(FakeRequest request) {
        Map<String, List<String>> form = request.form();
        String to = form.getOrDefault("To", List.of("")).get(0);
        if (to.endsWith("0000")) {
            return error(400, 21211, "Invalid 'To' Phone Number");
        }
        if (to.endsWith("0001")) {
            return error(400, 21610, "Attempt to send to unsubscribed recipient");
        }
        String sid = String.format(Locale.ROOT, "SM%032x", count.incrementAndGet());
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("sid", sid);
        message.put("account_sid", SID);
        message.put("to", to);
        message.put("from", form.getOrDefault("From", List.of("+15005550006")).get(0));
        message.put("body", form.getOrDefault("Body", List.of("")).get(0));
        message.put("status", form.containsKey("SendAt") ? "scheduled" : "queued");
        message.put("direction", "outbound-api");
        message.put("num_segments", "1");
        message.put("error_code", null);
        message.put("date_created", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
        messages.put(sid, message);
        return FakeReply.json(201, message);
    }

    private FakeReply list(FakeRequest request) {
        List<Map<String, Object>> found = new ArrayList<>(messages.values());
        Collections.reverse(found);
        request.query("To").ifPresent(to -> found.removeIf(message -> !to.equals(message.get("to"))));
        request.query("From").ifPresent(from -> found.removeIf(message -> !from.equals(message.get("from"))));
        int page = Integer.parseInt(request.query("Page").orElse("0"));
        int start = Math.min(found.size(), page * pageSize);
        int end = Math.min(found.size(), start + pageSize);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("messages", found.subList(start, end));
        answer.put("page", page);
        answer.put("page_size", pageSize);
        answer.put("uri", BASE + "/Messages.json");
        answer.put("next_page_uri", end < found.size() ? BASE + "/Messages.json?PageSize=50&Page=" + (page + 1) : null);
        return FakeReply.json(200, answer);
    }

    private FakeReply one(String sid) {
        Map<String, Object> message = messages.get(sid);
        return message == null ? error(404, 20404, "not found") : FakeReply.json(200, message);
    }

    private FakeReply cancel(FakeRequest request) {
        Map<String, Object> message = messages.get(request.captured(0));
        if (message == null || !"scheduled".equals(message.get("status"))) {
            return error(400, 30409, "Cannot cancel");
        }
        message.put("status", "canceled");
        return FakeReply.json(200, message);
    }

    private FakeReply media(FakeRequest request) {
        Map<String, Object> item = Map.of(
                "sid",
                "ME0123456789abcdef0123456789abcdef",
                "content_type",
                "image/png",
                "parent_sid",
                request.captured(0),
                "account_sid",
                SID);
        return FakeReply.json(200, Map.of("media_list", List.of(item), "page", 0, "page_size", 50));
    }

    private static FakeReply error(int status, int code, String message) {
        return FakeReply.json(
                status,
                Map.of(
                        "code",
                        code,
                        "message",
                        message,
                        "status",
                        status,
                        "more_info",
                        "https://www.twilio.com/docs/errors/" + code));
    }
}
