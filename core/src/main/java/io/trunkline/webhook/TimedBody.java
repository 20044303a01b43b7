package io.trunkline.webhook;

import io.trunkline.value.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/** A request's body within bounds of size and time: whoever drips holds a thread for no longer than that. */
final class TimedBody {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int AT_ONCE = 8_192;

    private TimedBody() {}

    /** At most so many bytes; empty if they were not there in time. */
    static Optional<byte[]> read(InputStream source, int most, TimeSource time) throws IOException {
        long end = time.nanos() + PATIENCE.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] part = new byte[AT_ONCE];
        int left = most;
        while (left > 0) {
            int read = source.read(part, 0, Math.min(left, part.length));
            if (read < 0) {
                return Optional.of(body.toByteArray());
            }
            if (time.nanos() - end > 0) {
                return Optional.empty();
            }
            body.write(part, 0, read);
            left -= read;
        }
        return Optional.of(body.toByteArray());
    }
}
