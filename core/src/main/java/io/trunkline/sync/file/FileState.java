package io.trunkline.sync.file;

import io.trunkline.mapping.Json;
import io.trunkline.mapping.MalformedDataException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a stream hold for sure.
 *
 * @param sequence rises with each state
 * @param fence of the run that wrote last
 * @param cursor how far the stream is in the files; null at the beginning
 * @param file the name that the file under way shall have
 * @param length how many bytes of it count
 * @param layout what it must be written with
 */
record FileState(long sequence, long fence, @Nullable String cursor, String file, long length, List<String> layout) {

    /** Before everything. */
    static final FileState NONE = new FileState(0, 0, null, "", 0, List.of());

    private static final int CHECK = 8;

    /** The same file, further on. */
    FileState with(@Nullable String next, long bytes) {
        return new FileState(sequence + 1, fence, next, file, bytes, layout);
    }

    /** Whether a full run has written it. */
    boolean full() {
        return layout.contains(FileLayout.FULL);
    }

    /** As a text with its check sum before it. */
    byte[] bytes() {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("sequence", sequence);
        entry.put("fence", fence);
        entry.put("cursor", cursor);
        entry.put("file", file);
        entry.put("length", length);
        entry.put("layout", layout);
        byte[] json = Json.write(entry);
        byte[] all = Arrays.copyOf(check(json).getBytes(StandardCharsets.US_ASCII), CHECK + json.length);
        System.arraycopy(json, 0, all, CHECK, json.length);
        return all;
    }

    /** Empty if the bytes were not written to their end. */
    static Optional<FileState> of(byte[] bytes) {
        if (bytes.length <= CHECK) {
            return Optional.empty();
        }
        byte[] json = Arrays.copyOfRange(bytes, CHECK, bytes.length);
        if (!new String(bytes, 0, CHECK, StandardCharsets.US_ASCII).equals(check(json))) {
            return Optional.empty();
        }
        try {
            Map<String, @Nullable Object> entry = Json.object(json);
            return Optional.of(new FileState(
                    number(entry, "sequence"),
                    number(entry, "fence"),
                    entry.get("cursor") instanceof String text ? text : null,
                    String.valueOf(entry.get("file")),
                    number(entry, "length"),
                    entry.get("layout") instanceof List<?> words
                            ? words.stream().map(String::valueOf).toList()
                            : List.of()));
        } catch (MalformedDataException e) {
            return Optional.empty();
        }
    }

    private static String check(byte[] json) {
        CRC32C sum = new CRC32C();
        sum.update(json, 0, json.length);
        return String.format("%08x", sum.getValue());
    }

    private static long number(Map<String, @Nullable Object> entry, String name) {
        return entry.get(name) instanceof Long value ? value : 0;
    }
}
