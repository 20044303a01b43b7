package io.trunkline.sync.schedule;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import java.nio.charset.StandardCharsets;

/** Keeps data as text: Java's own serialisation would let whoever can write to the table run code here. */
final class PlainText implements Serializer {

    @Override
    public byte[] serialize(Object data) {
        return String.valueOf(data).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public <T> T deserialize(Class<T> type, byte[] data) {
        return type.cast(new String(data, StandardCharsets.UTF_8));
    }
}
