package io.trunkline.webhook;

import io.trunkline.event.Event;
import io.trunkline.event.EventHeader;
import io.trunkline.event.MessageReceived;
import io.trunkline.event.NewsWaiting;
import io.trunkline.mapping.Json;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How a connector reads {@link FakeKf}: accounts are streams, and a text that begins with ! is not understood. */
final class KfSource implements PullSource {

    /** A notification: {@code id account ticket}. */
    static final WebhookProtocol NOTIFICATIONS = new WebhookProtocol() {
        @Override
        public void verify(WebhookRequest request) {}

        @Override
        public List<Event> decode(WebhookRequest request) {
            String[] parts = request.text().split(" ", 3);
            EventHeader header = new EventHeader("kf", parts[0], "account/" + parts[1], request.receivedAt(), null);
            return List.of(new NewsWaiting(header, "kf", parts[1], Secret.of(parts[2])));
        }
    };

    final Set<String> accounts = new TreeSet<>(Set.of("one"));
    private final FakeKf platform;
    boolean understandsAll;
    boolean expired;
    boolean knowsItsReach = true;

    KfSource(FakeKf platform) {
        this.platform = platform;
    }

    @Override
    public String connection() {
        return "kf";
    }

    @Override
    public String name() {
        return "kf";
    }

    @Override
    public Set<String> streams() {
        return accounts;
    }

    @Override
    public PulledPage pull(String stream, Optional<String> cursor, Optional<NewsWaiting> news) {
        if (expired && cursor.isPresent()) {
            expired = false;
            throw new CursorExpiredException("too old");
        }
        String token = news.flatMap(NewsWaiting::admission).map(Secret::reveal).orElse("");
        FakeKf.Ask ask = new FakeKf.Ask(cursor.orElse(""), token, stream);
        Map<String, ?> answer = Json.object(platform.api
                .sync(ask)
                .execute(CallOptions.within(Duration.ofSeconds(5)))
                .getBytes(StandardCharsets.UTF_8));
        List<byte[]> items = new ArrayList<>();
        ((List<?>) answer.get("msg_list")).forEach(item -> items.add(Json.write(item)));
        boolean more = Long.valueOf(1).equals(answer.get("has_more"));
        return new PulledPage(items, String.valueOf(answer.get("next_cursor")), more);
    }

    @Override
    public List<Event> decode(byte[] item) {
        Map<String, ?> message = Json.object(item);
        String text = String.valueOf(message.get("text"));
        if (text.startsWith("!") && !understandsAll) {
            throw new MalformedDataException("a kind of message that nobody knows yet");
        }
        String id = String.valueOf(message.get("msgid"));
        String customer = String.valueOf(message.get("external_userid"));
        Instant at = Instant.ofEpochSecond((Long) message.get("send_time"));
        EventHeader header = new EventHeader("kf", id, "customer/" + customer, at, null);
        return List.of(new MessageReceived(header, "kf", id, customer, "us", text, List.of()));
    }

    @Override
    public Optional<Duration> reach() {
        return knowsItsReach ? Optional.of(FakeKf.REACH) : Optional.empty();
    }
}
