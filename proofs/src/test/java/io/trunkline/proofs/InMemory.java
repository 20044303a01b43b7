package io.trunkline.proofs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Makes folders in memory where there are such. What a killed process has written stays with the system, on a disk or in
 * memory alike; a disk only makes each flush slow, and no proof here takes the power away.
 */
final class InMemory implements TempDirFactory {

    private static final Path SHARED = Path.of("/dev/shm");

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
        return Files.isWritable(SHARED)
                ? Files.createTempDirectory(SHARED, "proofs")
                : Files.createTempDirectory("proofs");
    }
}
