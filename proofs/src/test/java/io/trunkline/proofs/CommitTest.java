package io.trunkline.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The control of the kills: a database that acknowledges what it has not written yet is caught, and the same kills take
 * nothing from one that writes first.
 */
@Timeout(300)
final class CommitTest {

    private static final int KILLS = 4;

    private final Random random = new Random(Size.seed());

    @TempDir(factory = InMemory.class)
    private Path folder;

    private int acknowledged;

    @Test
    void X43_h2WithItsDefaultAddress_isCaughtLosing() throws Exception {
        int lost = lost("jdbc:h2:file:" + folder.resolve("usual"));

        System.out.println("killed: H2 by its default address: " + told(lost));
        assertTrue(lost > 0, "the kills would not be noticed");
    }

    @Test
    void X43_h2ThatWritesAtOnce_losesNothing() throws Exception {
        int lost = lost("jdbc:h2:file:" + folder.resolve("once") + ";WRITE_DELAY=0");

        System.out.println("killed: H2 with WRITE_DELAY=0: " + told(lost));
        assertEquals(0, lost);
    }

    @Test
    void X43_store_losesNothing() throws Exception {
        int lost = lost(folder.resolve("store.db").toString());

        System.out.println("killed: the store: " + told(lost));
        assertEquals(0, lost);
    }

    private String told(int lost) {
        return lost + " of " + acknowledged + " acknowledged commits lost in " + KILLS + " kills";
    }

    private int lost(String base) throws Exception {
        int lost = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            String target = base.replaceAll("(usual|once|store)", "$1" + kill);
            int told = killed(target);
            acknowledged += told;
            lost += Math.max(0, told - kept(target));
        }
        return lost;
    }

    /** How many commits were acknowledged before the end. */
    private int killed(String target) throws IOException, InterruptedException {
        Life life = Life.start(CommitMain.class, folder, Canary.secret(), List.of(target));
        BufferedReader lines = life.lines();
        lines.readLine();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300 + random.nextInt(700));
        int told = 0;
        String line = "0";
        while (line != null && System.nanoTime() < end) {
            told = Integer.parseInt(line);
            line = lines.readLine();
        }
        life.endsItself(0);
        for (; line != null; line = lines.readLine()) {
            told = whole(line, told);
        }
        return told;
    }

    /** The last line may have been cut short. */
    private static int whole(String line, int told) {
        return line.isEmpty() ? told : Math.max(told, Integer.parseInt(line));
    }

    private static int kept(String target) throws SQLException {
        return target.startsWith("jdbc:") ? rows(target, "commits") : values(Path.of(target));
    }

    private static int rows(String url, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(CommitMain.TABLE);
            try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** The store opens the file again; one statement then counts, because asking for each value would log them all. */
    private static int values(Path file) throws SQLException {
        try (Store store = JdbcStore.sqlite(file, TimeSource.system())) {
            store.values(CommitMain.SPACE).get("0");
            return rows("jdbc:sqlite:" + file, "trunkline_values");
        }
    }
}
