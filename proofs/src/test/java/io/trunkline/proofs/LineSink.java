package io.trunkline.proofs;

import io.trunkline.sync.Change;
import io.trunkline.sync.Sink;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkResult;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file to which one line a record is appended and flushed; it keeps no cursor, so a batch may stand there twice. */
record LineSink(Path file, Probe probe) implements Sink {

    LineSink(Path file) {
        this(file, point -> {});
    }

    @Override
    public Optional<SyncCursor> open(SinkStream stream) {
        return Optional.empty();
    }

    @Override
    public boolean keepsCursors() {
        return false;
    }

    @Override
    public SinkResult write(SinkBatch batch) {
        StringBuilder lines = new StringBuilder();
        for (Change record : batch.records()) {
            lines.append(record.ref().id())
                    .append(' ')
                    .append(record.fields().get("number"))
                    .append('\n');
        }
        Steps.at(probe, "file.write.before");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.position(whole(channel));
            ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
            int all = bytes.limit();
            bytes.limit(all / 2);
            append(channel, bytes);
            Steps.at(probe, "file.write.half");
            bytes.limit(all);
            append(channel, bytes);
            channel.truncate(channel.position());
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Steps.at(probe, "file.write.after");
        return SinkResult.all(batch.records().size());
    }

    @Override
    public void close() {}

    /** Every line in order: key and number. */
    static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : new ArrayList<>();
    }

    /** The newest number of each key, as an application reads such a file. */
    static Map<String, Integer> newest(List<String> lines) {
        Map<String, Integer> newest = new HashMap<>();
        for (String line : lines) {
            String[] parts = line.split(" ", 2);
            newest.merge(parts[0], Integer.valueOf(parts[1]), Math::max);
        }
        return newest;
    }

    private static void append(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Where the last whole line ends: a process that was killed may have left half of one. */
    private static long whole(FileChannel channel) throws IOException {
        long end = channel.size();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (end > 0) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                return end;
            }
            end--;
        }
        return 0;
    }
}
