package io.trunkline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.value.Page;
import io.trunkline.value.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a store has acknowledged, it still has after {@code kill -9}; what was half done, it does not have at all. */
@Timeout(120)
final class StoreKillTest {

    private static final int KILLS = 6;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void kill_atAnyTime_losesNothingAcknowledged(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("store.db");
        int last = -1;
        for (int kill = 0; kill < KILLS; kill++) {
            last = acknowledgedUntilKilled(file, last + 1, false);
            int kept = kept(file);
            assertTrue(kept > last, "acknowledged " + last + ", kept " + kept + ", seed " + seed);
            last = kept - 1;
        }
        System.out.println("store: " + KILLS + " kills, " + (last + 1) + " commits, none lost, seed " + seed);
    }

    @Test
    void kill_processThatAcknowledgesTooEarly_isCaught(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("store.db");

        int last = acknowledgedUntilKilled(file, 0, true);

        assertTrue(kept(file) <= last);
    }

    private int acknowledgedUntilKilled(Path file, int first, boolean lies) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        file.toString(),
                        String.valueOf(first),
                        String.valueOf(lies))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        int last = first - 1;
        for (int left = 20 + random.nextInt(300); left > 0; left--) {
            last = Integer.parseInt(lines.readLine());
        }
        process.toHandle().destroyForcibly(); // Unlike the process's own, it leaves what was written readable.
        process.waitFor();
        for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
            last = Integer.parseInt(line);
        }
        return last;
    }

    /** How many commits are there; each must be whole: the value and the item, without a gap. */
    private static int kept(Path file) {
        try (Store store = JdbcStore.sqlite(file, TimeSource.system())) {
            Set<String> values = new HashSet<>();
            Optional<String> cursor = Optional.empty();
            do {
                Page<Versioned> page = store.values("space").list("k", cursor, 500);
                page.items().forEach(each -> values.add(new String(each.value(), StandardCharsets.UTF_8)));
                cursor = page.next();
            } while (cursor.isPresent());
            Set<String> items = new HashSet<>();
            do {
                Page<QueueItem> page = store.queue("work").pending(cursor, 500);
                page.items().forEach(each -> items.add(new String(each.payload(), StandardCharsets.UTF_8)));
                cursor = page.next();
            } while (cursor.isPresent());
            assertEquals(values, items);
            for (int i = 0; i < values.size(); i++) {
                assertTrue(values.contains(String.valueOf(i)), "a gap at " + i);
            }
            return values.size();
        }
    }
}
