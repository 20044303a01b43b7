package io.trunkline.sync.file;

import io.trunkline.sync.Change;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkResult;
import io.trunkline.sync.SinkResult.Refused;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import io.trunkline.sync.SyncMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files of one stream. Rows go to the end of a hidden file and are safe on the disk before the state says that
 * they count; whatever a state does not count is cut off. A file gets its name when it is complete: that of a full run
 * when the run is, any other when its run has ended, or by the next run if it was interrupted.
 */
final class FileWriter implements AutoCloseable {

    private final Disk disk;
    private final FileLayout layout;
    private final StateFiles states;
    private final boolean full;
    private final StreamLock lock;
    private FileState state = FileState.NONE;
    private boolean broken = true;

    private FileWriter(Disk disk, FileLayout layout, StateFiles states, SinkStream stream) throws IOException {
        this.disk = disk;
        this.layout = layout;
        this.states = states;
        this.full = stream.mode() == SyncMode.FULL;
        this.lock = StreamLock.take(layout.folder().resolve("." + states.name() + ".lock"));
    }

    static FileWriter open(Disk disk, FileLayout layout, SinkStream stream) throws IOException {
        StateFiles states = new StateFiles(disk, layout.folder(), FileLayout.safe(stream.name()));
        FileWriter writer = new FileWriter(disk, layout, states, stream);
        try {
            writer.begin(stream.fence());
            return writer;
        } catch (IOException | RuntimeException e) {
            writer.lock.close();
            throw e;
        }
    }

    Optional<SyncCursor> cursor() {
        return Optional.ofNullable(state.cursor()).map(SyncCursor::new);
    }

    SinkResult write(SinkBatch batch) throws IOException {
        if (broken) {
            throw new IllegalStateException("a write failed before, or the sink is closed: open it again");
        }
        broken = true;
        List<Refused> refused = new ArrayList<>();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Change record : batch.records()) {
            try {
                rows.add(layout.row(record));
            } catch (IllegalArgumentException e) {
                refused.add(new Refused(record, String.valueOf(e.getMessage())));
            }
        }
        if (!refused.isEmpty()) {
            broken = false;
            return new SinkResult(0, 0, refused);
        }
        long length = state.length();
        if (!rows.isEmpty()) {
            length = append(length == 0 ? append(0, layout.head()) : length, layout.rows(rows));
        }
        keep(state.with(batch.next().text(), length));
        broken = false;
        return new SinkResult(rows.size(), 0, List.of());
    }

    /** Forgets the file under way. */
    void discard() throws IOException {
        if (full) {
            keep(state.with(null, 0));
        }
    }

    /** Puts the file of a full run in the place of the last one's. */
    void complete() throws IOException {
        if (!full || broken) {
            return;
        }
        broken = true;
        if (state.length() == 0) {
            append(0, layout.head());
        }
        publish();
        keep(state.with(null, 0));
        broken = false;
    }

    @Override
    public void close() throws IOException {
        try {
            if (!broken && !full && state.length() > 0) {
                publish();
            }
        } finally {
            broken = true;
            lock.close();
        }
    }

    private void begin(long fence) throws IOException {
        state = states.last();
        if (fence < state.fence()) {
            throw new IllegalStateException(
                    "another run has taken the stream over, or the job's store is not the one that it was");
        }
        List<String> words = layout.words(full);
        boolean same = state.layout().equals(words);
        boolean resumed = full && same && state.length() > 0 && intact();
        String cursor = same ? state.cursor() : null;
        if (full && same && state.length() > 0 && !resumed) {
            // Its run was completed, or somebody has removed the file: either way all is read anew.
            cursor = null;
        }
        if (!resumed) {
            finishOld();
        }
        String number = full ? "" : String.format(Locale.ROOT, "-%09d", state.sequence() + 1);
        keep(new FileState(
                state.sequence() + 1,
                fence,
                cursor,
                layout.fileName(states.name() + number),
                resumed ? state.length() : 0,
                words));
        broken = false;
    }

    /** What an earlier run has left: changes count as far as they are safe, half a full run does not. */
    private void finishOld() throws IOException {
        if (state.full() || state.length() == 0) {
            Files.deleteIfExists(hidden());
        } else if (Files.exists(hidden())) {
            if (!intact()) {
                throw new IOException("an unfinished file holds less than was written to it");
            }
            publish();
        }
    }

    private boolean intact() throws IOException {
        return Files.exists(hidden()) && Files.size(hidden()) >= state.length();
    }

    private long append(long at, byte[] bytes) throws IOException {
        disk.write(hidden(), at, bytes);
        return at + bytes.length;
    }

    /** Cuts off what does not count, and gives the file its name. */
    private void publish() throws IOException {
        if (state.length() > 0 && Files.size(hidden()) > state.length()) {
            disk.write(hidden(), state.length(), new byte[0]);
        }
        disk.publish(hidden(), layout.folder().resolve(state.file()));
    }

    private void keep(FileState next) throws IOException {
        states.keep(next);
        state = next;
    }

    private Path hidden() {
        return layout.folder().resolve("." + state.file() + ".part");
    }
}
