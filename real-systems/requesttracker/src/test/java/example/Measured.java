package example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the runs have measured, to be shown when all is over. */
final class Measured {

    private static final Path FILE = Path.of("target/measured");

    private Measured() {}

    static void say(String line) {
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(
                    FILE,
                    "real-systems/requesttracker: " + line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A seed, or the one to be replayed. */
    static long seed() {
        return Long.getLong("rt.seed", System.nanoTime());
    }
}
