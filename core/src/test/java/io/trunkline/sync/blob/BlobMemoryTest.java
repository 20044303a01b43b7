package io.trunkline.sync.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.AttemptLedger;
import io.trunkline.http.Endpoints;
import io.trunkline.http.FileRange;
import io.trunkline.http.HttpConnectionSettings;
import io.trunkline.http.HttpStack;
import io.trunkline.resilience.Attempt;
import io.trunkline.resilience.CallListener;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file of two hundred megabytes, made while it is sent, needs no more memory than one of two. */
@Timeout(180)
final class BlobMemoryTest {

    private static final long SIZE = 200_000_000;
    private static final long MOST = 32L << 20;
    private static final long EVERY = 10_000_000;

    private final AtomicLong highest = new AtomicLong();
    private long next = EVERY;

    @TempDir
    private Path folder;

    @Test
    void copy_twoHundredMegabytes_holdsAFewOfThemAtATime() {
        try (FakeFiles files = new FakeFiles(SIZE, this::watch);
                HttpStack http = http();
                BlobWriter writer = FolderBlobs.in(folder).write("recording.wav", "1")) {
            long before = used();

            StoredBlob stored =
                    new BlobCopy(writer, Long.MAX_VALUE).copy(Blob.of("recording.wav", "1", source(files, http)));

            assertEquals(SIZE, stored.size());
            assertTrue(highest.get() - before < MOST, "grew by " + (highest.get() - before));
        }
    }

    @Test
    void control_copyThatHoldsEverything_isSeen() {
        try (FakeFiles files = new FakeFiles(SIZE / 4, this::watch);
                HttpStack http = http()) {
            long before = used();
            ByteArrayOutputStream held = new ByteArrayOutputStream();

            source(files, http).read(FileRange.ALL, content -> content.bytes().transferTo(held));

            assertEquals(SIZE / 4, held.size());
            assertTrue(highest.get() - before > MOST, "grew by " + (highest.get() - before));
        }
    }

    private void watch(long sent) {
        if (sent >= next) {
            next = sent + EVERY;
            highest.accumulateAndGet(used(), Math::max);
        }
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static BlobSource source(FakeFiles files, HttpStack http) {
        return BlobSource.of(
                http.connect(HttpConnectionSettings.builder("files", Endpoints.of(files.uri()))
                        .build()),
                "file",
                Duration.ofMinutes(2));
    }

    private static HttpStack http() {
        return HttpStack.builder()
                .listener(new CallListener() {
                    @Override
                    public void attempt(Attempt attempt) {
                        if (attempt.sent()) {
                            AttemptLedger.shared().attempted(attempt.origin());
                        }
                    }
                })
                .build();
    }
}
