package io.trunkline.benchmarks.throughput;

import io.trunkline.Trunkline;
import io.trunkline.crm.salesforce.Salesforce;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.Sink;
import io.trunkline.sync.SyncJob;
import io.trunkline.sync.SyncReport;
import io.trunkline.sync.SyncRunner;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** The library as an application uses it: the Salesforce connector, a job, and the store in a file. */
final class TrunklineLoader implements Loader {

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Path folder;
    private final Store store;
    private final Trunkline trunkline;
    private final SyncJob job;

    /** With the next page read while the last one is written, or on one thread as the others do. */
    TrunklineLoader(URI org, Supplier<Sink> sink, boolean ahead) throws IOException {
        folder = Files.createTempDirectory("throughput");
        store = JdbcStore.sqlite(folder.resolve("store.db"), TimeSource.system());
        trunkline = Trunkline.builder()
                .connect("crm", Salesforce.clientCredentials(org, "key", Secret.of("secret")))
                .build();
        SyncJob.Builder builder = SyncJob.named("contacts")
                .from(trunkline.client(ChangeFeed.class, "crm"), "Contact")
                .batch(PAGE);
        job = (ahead ? builder.readAhead(thread) : builder).into(sink);
    }

    @Override
    public void load() {
        try (SyncRunner runner = new SyncRunner(store, TimeSource.system())) {
            SyncReport report = runner.run(job);
            if (report.state() != SyncReport.State.COMPLETED || report.counts().dead() > 0) {
                throw new IllegalStateException(report.toString());
            }
        }
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        trunkline.close();
        store.close();
        for (String name : new String[] {"store.db", "store.db-wal", "store.db-shm"}) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.delete(folder);
    }
}
