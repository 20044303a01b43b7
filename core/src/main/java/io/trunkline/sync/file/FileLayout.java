package io.trunkline.sync.file;

import io.trunkline.mapping.Row;
import io.trunkline.sync.Change;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Files as they shall be.
 *
 * @param folder where they stand
 * @param form how rows become bytes
 * @param gzip whether they are compressed
 * @param columns the names, those that each row has first
 */
record FileLayout(Path folder, FileForm form, boolean gzip, List<String> columns) {

    /** What each row has, whatever columns are named. */
    static final List<String> ALWAYS = List.of("id", "changed_at", "deleted");

    /** Marks the files of full runs; no column can be named so. */
    static final String FULL = "";

    /** Everything that must be the same for a stream to be gone on with. */
    List<String> words(boolean full) {
        List<String> words = new ArrayList<>(List.of(full ? FULL : "changes", form.name(), gzip ? "gzip" : "plain"));
        words.addAll(columns);
        return words;
    }

    String fileName(String name) {
        return name + "." + form.ending() + (gzip ? ".gz" : "");
    }

    /** The stream's name of characters that every file system takes; no two streams share one. */
    static String safe(String stream) {
        StringBuilder safe = new StringBuilder();
        for (byte each : stream.getBytes(StandardCharsets.UTF_8)) {
            boolean word = (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '-';
            boolean plain = word || (each == '.' && safe.length() > 0);
            safe.append(plain ? String.valueOf((char) each) : String.format(Locale.ROOT, "_%02x", each));
        }
        return safe.toString();
    }

    /**
     * A record as a row.
     *
     * @throws IllegalArgumentException naming the column and not the value, if the record cannot be one
     */
    List<@Nullable Object> row(Change record) {
        List<@Nullable Object> row =
                record.deleted() ? Arrays.asList(new @Nullable Object[columns.size()]) : values(record.fields());
        row.set(0, record.ref().id());
        row.set(1, record.changedAt());
        row.set(2, record.deleted());
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            if (value != null) {
                row.set(i, stored(value, columns.get(i)));
            }
        }
        return row;
    }

    private List<@Nullable Object> values(Map<String, @Nullable Object> fields) {
        return fields instanceof Row row
                ? row.values(columns)
                : Arrays.asList(columns.stream().map(fields::get).toArray());
    }

    private Object stored(Object value, String column) {
        try {
            return form.stored(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("column " + column + " " + e.getMessage());
        }
    }

    byte[] head() throws IOException {
        return packed(form.head(columns));
    }

    byte[] rows(List<List<@Nullable Object>> rows) throws IOException {
        return packed(form.rows(columns, rows));
    }

    /** A gzip member of its own, so that a file can be cut before it. */
    private byte[] packed(byte[] bytes) throws IOException {
        if (!gzip) {
            return bytes;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 4);
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write(bytes);
        }
        return packed.toByteArray();
    }
}
