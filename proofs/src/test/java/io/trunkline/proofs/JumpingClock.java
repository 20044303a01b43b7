package io.trunkline.proofs;

import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The machine's clock, moved ahead as often as somebody likes: minutes of a lease pass in no time. Thread-safe. */
final class JumpingClock {

    private final AtomicLong ahead = new AtomicLong();

    void jump(Duration duration) {
        ahead.addAndGet(duration.toMillis());
    }

    TimeSource time() {
        TimeSource system = TimeSource.system();
        return TimeSource.of(() -> system.now().plusMillis(ahead.get()), system::nanos, system::sleep);
    }
}
