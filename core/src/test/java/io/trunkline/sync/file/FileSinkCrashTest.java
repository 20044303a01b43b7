package io.trunkline.sync.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.VirtualClock;
import io.trunkline.resilience.Clocks;
import io.trunkline.store.Store;
import io.trunkline.sync.ListFeed;
import io.trunkline.sync.PoisonException;
import io.trunkline.sync.SyncJob;
import io.trunkline.sync.SyncMode;
import io.trunkline.sync.SyncReport;
import io.trunkline.sync.SyncReport.State;
import io.trunkline.sync.SyncRunner;
import io.trunkline.sync.file.CrashingDisk.Moment;
import io.trunkline.value.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs into files that are killed at each step of theirs and gone on with. */
@Timeout(120)
final class FileSinkCrashTest {

    private final VirtualClock clock = VirtualClock.single();
    private final TimeSource time = Clocks.of(clock);
    private final SyncRunner runner = new SyncRunner(Store.inMemory(time), time);
    private final ListFeed feed = new ListFeed(clock.now());

    @TempDir
    private Path root;

    @BeforeEach
    void fill() {
        for (int i = 0; i < 23; i++) {
            feed.put("r" + i, clock.now().minusSeconds(1000 - i / 3), Map.of("name", "n" + i));
        }
    }

    @ParameterizedTest
    @CsvSource({"INCREMENTAL,false", "INCREMENTAL,true", "FULL,false", "FULL,true"})
    void X47_killedAtAnyStep_resumedRunGivesTheSameFiles(SyncMode mode, boolean gzip) throws Exception {
        List<byte[]> expected = contents(plainRuns(mode, gzip));
        for (Moment moment : Moment.values()) {
            boolean crashed = true;
            for (int step = 1; crashed; step++) {
                Path folder = Files.createDirectory(root.resolve(moment + "-" + step));
                CrashingDisk disk = new CrashingDisk(step, moment);

                SyncReport killed = runner.run(job(folder, mode, gzip, disk));
                crashed = disk.crashed();
                SyncReport resumed = runner.run(job(folder, mode, gzip, Disk.REAL));

                assertEquals(crashed ? State.FAILED : State.COMPLETED, killed.state(), killed.problem());
                assertEquals(State.COMPLETED, resumed.state(), resumed.problem());
                assertSameRows(expected, contents(folder), moment + " step " + step);
                assertNothingUnderWay(folder);
                assertTrue(crashed || step > 10, "too few steps were tried: " + step);
            }
        }
    }

    @Test
    void X47_fullRunKilledAtAnyStep_goesOnWhereItWasAndTheOldFileStaysWhole() throws Exception {
        Path folder = plainRuns(SyncMode.FULL, false);
        Path file = folder.resolve("people.csv");
        feed.remove("r3");
        feed.put("r4", clock.now(), Map.of("name", "new"));
        for (int step = 3; step <= 11; step++) {
            String before = Files.readString(file);

            SyncReport killed = runner.run(job(folder, SyncMode.FULL, false, new CrashingDisk(step, Moment.HALF)));

            assertEquals(State.FAILED, killed.state());
            assertEquals(before, Files.readString(file));
            SyncReport resumed = runner.run(job(folder, SyncMode.FULL, false, Disk.REAL));
            assertEquals(State.COMPLETED, resumed.state(), resumed.problem());
            assertEquals(22, Readers.rows(folder).size());
            assertTrue(step < 6 || resumed.counts().read() < 22, "everything was read again at step " + step);
        }
        List<String> ids =
                Readers.rows(folder).stream().map(row -> row.get("id")).toList();
        assertFalse(ids.contains("r3"));
        assertEquals("r4", ids.get(ids.size() - 1));
    }

    @Test
    void restart_unfinishedFullRun_isForgotten() throws Exception {
        Path folder = Files.createDirectory(root.resolve("restarted"));
        runner.run(job(folder, SyncMode.FULL, false, new CrashingDisk(8, Moment.AFTER)));
        runner.restart("people");

        SyncReport report = runner.run(job(folder, SyncMode.FULL, false, Disk.REAL));

        assertEquals(23, report.counts().read());
        assertEquals(23, Readers.rows(folder).size());
    }

    @Test
    void replay_recordPutAside_isAFileOfChangesButNotOfAFullRun() throws Exception {
        Path folder = Files.createDirectory(root.resolve("replayed"));
        boolean[] bad = {true};
        for (SyncMode mode : SyncMode.values()) {
            SyncJob job = SyncJob.named("people-" + mode.name().toLowerCase(Locale.ROOT))
                    .from(feed, ListFeed.TYPE)
                    .mode(mode)
                    .transform(record -> {
                        if (bad[0] && record.ref().id().equals("r7")) {
                            throw new PoisonException("not yet");
                        }
                        return Optional.of(record);
                    })
                    .into(FileSink.csv(folder).columns("name").build());
            bad[0] = true;
            runner.run(job);
            bad[0] = false;

            if (mode == SyncMode.FULL) {
                assertThrows(IllegalStateException.class, () -> runner.replay(job, "r7"));
                assertEquals(1, runner.dead(job.name(), 10).size());
            } else {
                assertTrue(runner.replay(job, "r7"));
            }
        }

        assertEquals(
                List.of("people-full.csv", "people-incremental-000000001.csv", "people-incremental-000000003.csv"),
                Readers.visible(folder).stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
    }

    private Path plainRuns(SyncMode mode, boolean gzip) throws IOException {
        Path folder = Files.createDirectory(root.resolve("plain"));
        assertEquals(
                State.COMPLETED, runner.run(job(folder, mode, gzip, Disk.REAL)).state());
        return folder;
    }

    private SyncJob job(Path folder, SyncMode mode, boolean gzip, Disk disk) {
        FileSink.Builder builder = FileSink.csv(folder).columns("name");
        FileLayout layout = (gzip ? builder.gzip() : builder).layout();
        return SyncJob.named("people")
                .from(feed, ListFeed.TYPE)
                .batch(5)
                .mode(mode)
                .into(() -> new FileSink(layout, disk));
    }

    private static List<byte[]> contents(Path folder) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (Path file : Readers.visible(folder)) {
            contents.add(Readers.content(file));
        }
        return contents;
    }

    /** One file or several, the rows are those, in that order, each once. */
    private static void assertSameRows(List<byte[]> expected, List<byte[]> files, String where) {
        assertEquals(rows(expected), rows(files), where);
    }

    private static List<String> rows(List<byte[]> files) {
        return files.stream()
                .flatMap(
                        file -> new String(file, StandardCharsets.UTF_8).lines().skip(1))
                .toList();
    }

    private static void assertNothingUnderWay(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    0, files.filter(file -> file.toString().endsWith(".part")).count());
        }
    }
}
