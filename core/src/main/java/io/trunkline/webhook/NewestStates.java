package io.trunkline.webhook;

import io.trunkline.event.Event;
import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.store.Versioned;
import io.trunkline.value.TimeSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** The newest state of each entity that was handled, so that one which comes late does not overwrite it. */
final class NewestStates {

    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final String connection;
    private final Store store;
    private final TimeSource time;

    NewestStates(String connection, Store store, TimeSource time) {
        this.connection = connection;
        this.store = store;
        this.time = time;
    }

    boolean superseded(Event event) {
        return superseded(event, store);
    }

    boolean superseded(Event event, Store inside) {
        Long sequence = event.header().sequence();
        return sequence != null
                && event.tellsState()
                && before(event, inside).map(NewestStates::sequence).orElse(sequence) > sequence;
    }

    void handled(Event event, Store inside) {
        Long sequence = event.header().sequence();
        if (sequence != null && event.tellsState()) {
            Optional<Versioned> before = before(event, inside);
            byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
            values(inside)
                    .put(
                            key(event),
                            value,
                            before.map(Versioned::version).orElse(Values.ABSENT),
                            time.now().plus(REMEMBERED));
        }
    }

    private static Values values(Store inside) {
        return inside.values("webhook-states");
    }

    private Optional<Versioned> before(Event event, Store inside) {
        return values(inside).get(key(event));
    }

    private String key(Event event) {
        return StoredWebhook.key(connection, event.header().entity());
    }

    private static long sequence(Versioned stored) {
        return ByteBuffer.wrap(stored.value()).getLong();
    }
}
