package io.trunkline.outbox;

import io.trunkline.store.QueueItem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One write that must happen.
 *
 * @param kind which handler makes it: lower-case words with hyphens and dots, at most 64
 * @param entity whose order it belongs to, 1 to 200 characters: writes of one entity are made one after another
 * @param key under which the write is known, 1 to 200 visible ASCII characters without personal data
 * @param payload what the handler needs, at most {@link #LARGEST} bytes
 * @param validity how long the write is worth making, or null for as long as it takes
 */
public record OutboxEntry(
        String kind,
        String entity,
        String key,
        byte[] payload,
        @Nullable Duration validity) {

    /** The most bytes that a payload may have. */
    public static final int LARGEST = (2 << 20) - (8 << 10);

    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9.-]{0,63}");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final Pattern ENTITY = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]{1,200}");
    private static final int FORMAT = 1;
    private static final long NEVER = -1;

    /** Checks the parts; throws {@link IllegalArgumentException}, which repeats none of them. */
    public OutboxEntry {
        require(KIND.matcher(kind).matches(), "kind must be lower-case words with hyphens and dots, at most 64");
        require(ENTITY.matcher(entity).matches(), "entity must be one line of 1 to 200 characters");
        require(KEY.matcher(key).matches(), "key must be 1 to 200 visible ASCII characters");
        require(payload.length <= LARGEST, "payload must have at most " + LARGEST + " bytes");
        require(validity == null || fits(validity), "validity must be between a millisecond and a year");
        payload = payload.clone();
    }

    /** A write that is worth making for as long as it takes. */
    public static OutboxEntry of(String kind, String entity, String key, byte[] payload) {
        return new OutboxEntry(kind, entity, key, payload, null);
    }

    /** A copy that is put aside instead of written once this time is over. */
    public OutboxEntry validFor(Duration time) {
        return new OutboxEntry(kind, entity, key, payload, time);
    }

    /** How long the write is worth making; empty for as long as it takes. */
    public Optional<Duration> validFor() {
        return Optional.ofNullable(validity);
    }

    /** Kind and key: entity and payload may be personal data. */
    @Override
    public String toString() {
        return "OutboxEntry[" + kind + " " + key + "]";
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeUTF(kind);
            out.writeUTF(key);
            out.writeLong(validFor().map(Duration::toMillis).orElse(NEVER));
            out.write(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static OutboxEntry of(QueueItem item) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(item.payload()))) {
            if (in.readByte() != FORMAT) {
                throw new IllegalStateException("the entry is of another version of the library");
            }
            String kind = in.readUTF();
            String key = in.readUTF();
            long validity = in.readLong();
            byte[] payload = in.readAllBytes();
            return new OutboxEntry(
                    kind, item.entity(), key, payload, validity == NEVER ? null : Duration.ofMillis(validity));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("the entry is damaged", e);
        }
    }

    /** Whether a time is one in which instants can be reckoned with. */
    static boolean fits(Duration time) {
        return time.compareTo(Duration.ofMillis(1)) >= 0 && time.compareTo(Duration.ofDays(366)) < 0;
    }

    private static void require(boolean met, String message) {
        if (!met) {
            throw new IllegalArgumentException(message);
        }
    }
}
