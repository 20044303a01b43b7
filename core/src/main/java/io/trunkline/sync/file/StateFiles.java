package io.trunkline.sync.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Two files that take a stream's states by turns, so that the last but one is there while the last is written. */
record StateFiles(Disk disk, Path folder, String name) {

    /**
     * The last state that was written to its end.
     *
     * @throws IOException if there were states and none can be read: that is damage, not a beginning
     */
    FileState last() throws IOException {
        List<FileState> whole = new ArrayList<>(List.of(FileState.NONE));
        int there = 0;
        for (int turn = 0; turn < 2; turn++) {
            if (Files.exists(file(turn))) {
                there++;
                FileState.of(Files.readAllBytes(file(turn))).ifPresent(whole::add);
            }
        }
        if (there == 2 && whole.size() == 1) {
            throw new IOException("both state files are damaged");
        }
        return whole.stream().max(Comparator.comparing(FileState::sequence)).orElseThrow();
    }

    void keep(FileState state) throws IOException {
        disk.write(file(state.sequence() % 2), 0, state.bytes());
    }

    private Path file(long turn) {
        return folder.resolve("." + name + ".state-" + turn);
    }
}
