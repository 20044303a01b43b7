package io.trunkline.proofs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The switch of {@code faulty-disk.c}: which write to the watched folder fails, and how. It stands in the process that it
 * is preloaded into; the library is compiled where there is a C compiler.
 */
final class FaultyDisk {

    /** What goes wrong; the places are those of the C source. */
    enum Kind {
        /** No space is left from that write on. */
        FULL(1),
        /** That one write, flush or cut gives an I/O error. */
        BROKEN(2),
        /** Half of that write is done, and from then on no space is left. */
        CUT(3);

        private final int number;

        Kind(int number) {
            this.number = number;
        }
    }

    static final String CONTROL = "FAULTY_DISK_CONTROL";
    static final String FOLDER = "FAULTY_DISK_FOLDER";
    private static final int BYTES = 24;

    private final LongBuffer words;

    private FaultyDisk(LongBuffer words) {
        this.words = words;
    }

    /** The switch in a file, which is made if it is not there. */
    static FaultyDisk of(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new FaultyDisk(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void fail(Kind kind, int write) {
        words.put(2, 0);
        words.put(1, write);
        words.put(0, kind.number);
    }

    /** Mends it; how many steps have failed. */
    int mend() {
        words.put(0, 0);
        return (int) words.get(2);
    }

    /** The compiled library; empty where it cannot be made. */
    static Optional<Path> library(Path folder) throws InterruptedException {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux")) {
            return Optional.empty();
        }
        Path library = folder.resolve("faulty-disk.so");
        try {
            Process compiler = new ProcessBuilder(List.of(
                            "cc",
                            "-O1",
                            "-shared",
                            "-fPIC",
                            "-o",
                            library.toString(),
                            Path.of("src/test/native/faulty-disk.c").toString(),
                            "-ldl"))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("cc.txt").toFile())
                    .start();
            boolean ended = compiler.waitFor(1, TimeUnit.MINUTES);
            compiler.destroyForcibly();
            return ended && compiler.exitValue() == 0 && Files.exists(library)
                    ? Optional.of(library)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
