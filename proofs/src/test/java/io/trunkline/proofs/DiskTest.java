package io.trunkline.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.proofs.FaultyDisk.Kind;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.value.Secret;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that is full or broken at any write: the sender hears of it, and what was acknowledged is there afterwards. */
@Timeout(1800)
final class DiskTest {

    private static final int WRITES = Size.of("proofs.disk.writes", 300);
    private static final int UNLIMITED = 1 << 30;

    /** What one world has printed. */
    private record Line(int write, int failed, int refused, String problems) {}

    @TempDir(factory = InMemory.class)
    private Path folder;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void X44_diskThatFailsAtAnyWrite_losesNothingAcknowledged(Kind kind) throws Exception {
        List<Line> lines = onFaultyDisk(kind, WRITES, false);

        long refusing = lines.stream().filter(line -> line.refused() > 0).count();
        System.out.println("disk " + kind + ": " + lines.size() + " worlds, "
                + lines.stream().mapToInt(Line::failed).sum() + " steps failed, " + refusing
                + " worlds refused something");
        assertEquals(
                List.of(),
                lines.stream()
                        .filter(line -> line.failed() == 0)
                        .map(Line::write)
                        .toList(),
                "worlds without a fault");
        assertEquals(
                List.of(),
                lines.stream().filter(line -> !line.problems().equals("[]")).toList());
        assertTrue(refusing > WRITES / 4, "hardly anybody was told");
    }

    @Test
    void X44_inboxThatAcknowledgesOnAFullDisk_isCaught() throws Exception {
        List<Line> lines = onFaultyDisk(Kind.FULL, 5, true);

        assertTrue(lines.stream().anyMatch(line -> line.problems().contains("lost ")), lines.toString());
    }

    @Test
    void X44_databaseThatMayNotGrow_losesNothingAcknowledged() throws SQLException {
        int pages = 0;
        int refused = 1;
        while (refused > 0) {
            Path own = folder.resolve("pages" + pages);
            assertTrue(own.toFile().mkdir());
            try (DiskWorld world = new DiskWorld(own, Secret.of(Canary.secret()), false)) {
                assertTrue(world.open());
                pages(world.store(), pragma(world.store(), "page_count") + pages);
                world.work();
                refused = world.refused();
                pages(world.store(), UNLIMITED);

                assertEquals(List.of(), world.problems(pages % 2 == 0), pages + " pages left");
            }
            pages++;
        }
        System.out.println("disk: " + pages + " worlds, each with room for one page more");
        assertTrue(pages > 15, "room for " + pages);
    }

    private List<Line> onFaultyDisk(Kind kind, int writes, boolean blind) throws Exception {
        Optional<Path> library = FaultyDisk.library(folder);
        Assumptions.assumeTrue(library.isPresent(), "not run: needs Linux and a C compiler");
        Path watched = Files.createDirectory(folder.toRealPath().resolve("watched"));
        Path control = folder.resolve("control");
        FaultyDisk.of(control).mend();
        Life life = Life.start(
                DiskMain.class,
                folder,
                Map.of(
                        StationMain.SECRET,
                        Canary.secret(),
                        "LD_PRELOAD",
                        library.get().toString(),
                        FaultyDisk.CONTROL,
                        control.toString(),
                        FaultyDisk.FOLDER,
                        watched.toString()),
                List.of(kind.name(), String.valueOf(writes), String.valueOf(blind)));
        List<Line> lines = new ArrayList<>();
        BufferedReader reader = life.lines();
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
            String[] parts = text.split(" ", 3);
            lines.add(new Line(lines.size() + 1, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), parts[2]));
        }
        life.endsItself(0);
        assertEquals(writes, lines.size(), Files.readString(folder.resolve("errors.txt")));
        return lines;
    }

    private static void pages(Store store, int most) {
        pragma(store, "max_page_count = " + most);
    }

    private static int pragma(Store store, String pragma) {
        return store.atomically(inside -> {
            try (Statement statement = JdbcStore.connection(inside).createStatement();
                    ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
                row.next();
                return row.getInt(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
