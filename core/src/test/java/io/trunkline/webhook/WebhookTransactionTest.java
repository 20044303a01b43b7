package io.trunkline.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trunkline.checks.VirtualClock;
import io.trunkline.event.Event;
import io.trunkline.event.EventHeader;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transactional handler's effects are committed with the event's end, or not at all. */
final class WebhookTransactionTest {

    private record Noted(EventHeader header) implements Event {}

    /** Each line of the body is an event's id. */
    private static final WebhookProtocol LINES = new WebhookProtocol() {
        @Override
        public void verify(WebhookRequest request) {}

        @Override
        public List<Event> decode(WebhookRequest request) {
            List<Event> events = new ArrayList<>();
            for (String id : new String(request.body(), StandardCharsets.UTF_8).split("\n", -1)) {
                events.add(new Noted(new EventHeader("crm", id, "one", request.receivedAt(), null)));
            }
            return events;
        }
    };

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);

    @TempDir
    private Path folder;

    private Store store;

    private Store store() throws SQLException {
        store = JdbcStore.sqlite(folder.resolve("store.db"), time);
        store.atomically(inside -> {
            try (Statement statement = JdbcStore.connection(inside).createStatement()) {
                return statement.execute("CREATE TABLE effects (event TEXT)");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        return store;
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void within_handlerThatFailsOnce_hasItsEffectOnce() throws SQLException {
        WebhookDispatcher dispatcher = new WebhookDispatcher("crm", LINES, store(), time);
        int[] calls = {0};
        dispatcher.within(Noted.class, (event, inside) -> {
            noted(event, inside);
            if (++calls[0] == 1) {
                throw new IOException("after the effect");
            }
        });
        receive("a");

        dispatcher.dispatch();
        assertEquals(List.of(), effects());
        clock.advance(Duration.ofSeconds(5));
        dispatcher.dispatch();

        assertEquals(List.of("a"), effects());
        assertEquals(2, calls[0]);
    }

    @Test
    void within_twoEventsOfOneRequest_areBothThereOrNone() throws SQLException {
        WebhookDispatcher dispatcher = new WebhookDispatcher("crm", LINES, store(), time);
        boolean[] fail = {true};
        dispatcher.within(Noted.class, (event, inside) -> {
            if (fail[0] && event.header().id().equals("b")) {
                throw new IOException("no");
            }
            noted(event, inside);
        });
        receive("a\nb\na");

        dispatcher.dispatch();
        assertEquals(List.of(), effects());
        fail[0] = false;
        clock.advance(Duration.ofSeconds(5));
        dispatcher.dispatch();

        assertEquals(List.of("a", "b"), effects());
    }

    @Test
    void atomically_outerStoreUsedInside_joinsTheTransaction() throws SQLException {
        Store outer = store();

        assertThrows(
                IllegalStateException.class,
                () -> outer.atomically(inside -> {
                    outer.values("v").claim("k", new byte[0], time.now().plusSeconds(100));
                    throw new IllegalStateException("undone");
                }));

        assertEquals(true, outer.values("v").get("k").isEmpty());
    }

    @Test
    void connection_outsideATransaction_isRefused() throws SQLException {
        Store outer = store();

        assertThrows(IllegalArgumentException.class, () -> JdbcStore.connection(outer));
        assertThrows(IllegalArgumentException.class, () -> JdbcStore.connection(Store.inMemory(time)));
    }

    private void receive(String body) {
        new WebhookReceiver("crm", LINES, store, time, () -> {})
                .receive(new WebhookRequest(
                        "POST",
                        URI.create("https://host.test/hook"),
                        Map.of(),
                        body.getBytes(StandardCharsets.UTF_8),
                        time.now()));
    }

    private static void noted(Event event, Store inside) throws SQLException {
        try (PreparedStatement insert =
                JdbcStore.connection(inside).prepareStatement("INSERT INTO effects VALUES (?)")) {
            insert.setString(1, event.header().id());
            insert.executeUpdate();
        }
    }

    private List<String> effects() {
        return store.atomically(inside -> {
            List<String> found = new ArrayList<>();
            try (Statement statement = JdbcStore.connection(inside).createStatement();
                    ResultSet rows = statement.executeQuery("SELECT event FROM effects ORDER BY event")) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
