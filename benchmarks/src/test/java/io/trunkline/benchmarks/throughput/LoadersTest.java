package io.trunkline.benchmarks.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is compared does the same: a loader that left something out would be the fastest. */
@Timeout(300)
final class LoadersTest {

    private static final int CONTACTS = 4_500;

    @Test
    void load_intoPostgresqlByEachLoader_bringsTheSameRows() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            assertSameRows(Target.of(postgres.getJdbcUrl("postgres", "postgres")));
        }
    }

    @Test
    void load_intoCsvByEachLoader_bringsTheSameRows(@TempDir Path folder) throws Exception {
        assertSameRows(Target.of(folder.toString()));
    }

    @Test
    void load_intoCsvByCamelDoingTheSameJob_isTheSameFile(@TempDir Path folder) throws Exception {
        try (ContactServer org = ContactServer.start(CONTACTS)) {
            content(Rival.TRUNKLINE, org, Target.of(folder.toString()));
            String own = onlyFile(folder);
            content(Rival.CAMEL_SAME_JOB, org, Target.of(folder.toString()));

            assertTrue(own.lines().count() > CONTACTS);
            assertEquals(own, onlyFile(folder));
        }
    }

    private static String onlyFile(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "contacts*.csv")) {
            return Files.readString(files.iterator().next());
        }
    }

    private static void assertSameRows(Target target) throws Exception {
        try (ContactServer org = ContactServer.start(CONTACTS)) {
            String hand = content(Rival.BY_HAND, org, target);

            assertTrue(hand.startsWith(CONTACTS + " rows"), hand);
            for (Rival other :
                    List.of(Rival.TRUNKLINE, Rival.TRUNKLINE_ONE_THREAD, Rival.CAMEL, Rival.CAMEL_SAME_JOB)) {
                assertEquals(hand, content(other, org, target), other::name);
            }
        }
    }

    private static String content(Rival rival, ContactServer org, Target target) throws Exception {
        target.renew();
        try (Loader loader = rival.open(org.uri(), target)) {
            loader.load();
        }
        return target.content();
    }
}
