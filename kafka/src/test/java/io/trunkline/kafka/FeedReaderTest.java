package io.trunkline.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.error.RetryLaterException;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FeedReaderTest {

    private final VirtualClock clock = VirtualClock.single();
    private final MemoryFeed platform = new MemoryFeed("crm");

    @Test
    void read_twoSlicesWithMuchToRead_takesThemInTurn() {
        for (int i = 0; i < 40; i++) {
            platform.put(i % 2 == 0 ? "Account" : "Contact", "r" + i, Map.of());
        }
        FeedReader reader = reader("Account", "Contact");

        List<String> turns = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            turns.add(reader.read().orElseThrow().slice().type());
            clock.advance(Duration.ofMillis(1));
        }

        assertEquals(2, turns.stream().filter("Account"::equals).count());
        assertEquals(turns.subList(0, 2), turns.subList(2, 4));
    }

    @Test
    void read_endOfTheFeed_isDueAgainAfterTheInterval() {
        platform.put("Contact", "c1", Map.of());
        FeedReader reader = reader("Contact");

        assertTrue(reader.read().isPresent());
        assertTrue(reader.read().isEmpty());
        assertEquals(Duration.ofSeconds(10), reader.pause());
        clock.advance(Duration.ofSeconds(10));

        assertTrue(reader.read().isPresent());
    }

    @Test
    void read_platformThatFails_waitsLongerEachTimeAndAsLongAsItAsks() {
        FeedReader reader = reader("Contact");
        List<Duration> pauses = new ArrayList<>();

        for (int i = 0; i < 10; i++) {
            pauses.add(pauseAfterFailure(reader, null));
        }
        Duration asked = pauseAfterFailure(reader, clock.now().plus(Duration.ofHours(1)));
        reader.read();
        Duration afterSuccess = pauseAfterFailure(reader, null);

        assertEquals(
                List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L),
                pauses.stream().map(Duration::toSeconds).toList());
        assertEquals(Duration.ofMinutes(60), asked);
        assertEquals(Duration.ofSeconds(1), afterSuccess);
    }

    private Duration pauseAfterFailure(FeedReader reader, Instant retryAt) {
        platform.faults.add(() -> {
            throw Failures.of(
                    "no",
                    ErrorContext.of("crm", "changes.read", ErrorKind.RATE_LIMITED)
                            .withRetryAt(retryAt));
        });
        clock.advance(reader.pause());
        assertThrows(RetryLaterException.class, reader::read);
        Duration pause = reader.pause();
        clock.advance(pause);
        return pause;
    }

    private FeedReader reader(String... types) {
        Map<String, String> settings = RunningTask.settings(platform, "");
        settings.put("poll.interval.ms", "10000");
        settings.put(
                SourceSettings.SLICES,
                FeedSlice.text(List.of(types).stream().map(FeedSlice::whole).toList()));
        TimeSource time = TimeSource.of(clock::now, clock::nanos, clock::sleep);
        return new FeedReader(platform, new SourceSettings(settings), Map.of(), time);
    }
}
