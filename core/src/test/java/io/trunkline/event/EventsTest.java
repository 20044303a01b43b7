package io.trunkline.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.value.RecordRef;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events: what they must have, what they keep, and what they print. */
final class EventsTest {

    private static EventHeader header(String entity) {
        return new EventHeader("chat", "1", entity, Instant.EPOCH, 7L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void header_partThatIsBlank_isRefused(String blank) {
        assertThrows(IllegalArgumentException.class, () -> new EventHeader(blank, "1", "e", Instant.EPOCH, null));
        assertThrows(IllegalArgumentException.class, () -> new EventHeader("c", blank, "e", Instant.EPOCH, null));
        assertThrows(IllegalArgumentException.class, () -> new EventHeader("c", "1", blank, Instant.EPOCH, null));
    }

    @Test
    void events_ofCollectionsThatChange_doNotChange() {
        Map<String, Object> fields = new HashMap<>(Map.of("a", 1));
        List<URI> media = new ArrayList<>(List.of(URI.create("https://a.test")));
        RecordChanged changed =
                new RecordChanged(header("e"), RecordRef.of("c", "t", "1"), RecordChanged.Change.DELETED, fields);
        MessageReceived received = new MessageReceived(header("e"), "sms", "1", "a", "b", "t", media);
        fields.clear();
        media.clear();

        assertEquals(Map.of("a", 1), changed.fields());
        assertEquals(1, received.media().size());
        assertEquals(Optional.of(7L), changed.header().order());
    }

    @Test
    void tellsState_onlyOfRecords_isTrue() {
        assertTrue(new RecordChanged(header("e"), RecordRef.of("c", "t", "1"), RecordChanged.Change.SAVED, Map.of())
                .tellsState());
        assertFalse(new MessageReceived(header("e"), "sms", "1", "a", "b", "t", List.of()).tellsState());
        assertFalse(new OptOutChanged(header("e"), "sms", "a", true).tellsState());
        assertFalse(new ReceiptReceived(header("e"), "1", DeliveryStatus.SENT, "sent", null).tellsState());
    }

    @Test
    void printed_peopleAndTexts_areNotShown() {
        EventHeader header = header(Canary.phone());
        Leaks.printed(header);
        Leaks.printed(
                new MessageReceived(header, "sms", "1", Canary.phone(), Canary.phone(), Canary.text(), List.of()));
        Leaks.printed(new OptOutChanged(header, "sms", Canary.phone(), false));
        Leaks.printed(new ReceiptReceived(header, "1", DeliveryStatus.FAILED, "failed", "30003"));
        Leaks.printed(new RecordChanged(
                header, RecordRef.of("c", "t", "1"), RecordChanged.Change.SAVED, Map.of("Phone", Canary.phone())));
        assertEquals(
                Optional.of("30003"),
                new ReceiptReceived(header, "1", DeliveryStatus.FAILED, "failed", "30003").error());
    }
}
