package io.trunkline.benchmarks.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is compared does the same: a loader that left something out would be the fastest. */
@Timeout(300)
final class LoadersTest {

    private static final int CONTACTS = 4_500;

    @Test
    void load_byEachLoader_bringsTheSameRows() throws Exception {
        try (ContactServer org = ContactServer.start(CONTACTS);
                EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            DataSource database = ContactTable.database(postgres.getJdbcUrl("postgres", "postgres"));

            String hand = content(new HandWrittenLoader(org.uri(), database), database);
            String camel = content(new CamelLoader(org.uri(), database), database);
            String ours = content(new TrunklineLoader(org.uri(), ContactTable.sink(database), false), database);
            String ahead = content(new TrunklineLoader(org.uri(), ContactTable.sink(database), true), database);

            assertTrue(hand.startsWith(CONTACTS + " rows"), hand);
            assertEquals(hand, ours);
            assertEquals(hand, ahead);
            assertEquals(hand, camel);
        }
    }

    private static String content(Loader loader, DataSource database) throws Exception {
        try (loader) {
            ContactTable.renew(database);
            loader.load();
            return ContactTable.content(database);
        }
    }
}
