package io.trunkline.sync.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.AttemptLedger;
import io.trunkline.checks.Canary;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ConnectorException;
import io.trunkline.http.Endpoints;
import io.trunkline.http.HttpConnection;
import io.trunkline.http.HttpConnectionSettings;
import io.trunkline.http.HttpStack;
import io.trunkline.resilience.Attempt;
import io.trunkline.resilience.CallListener;
import io.trunkline.sync.Change;
import io.trunkline.sync.Sink;
import io.trunkline.sync.SinkBatch;
import io.trunkline.sync.SinkResult;
import io.trunkline.sync.SinkStream;
import io.trunkline.sync.SyncCursor;
import io.trunkline.value.RecordRef;
import io.trunkline.value.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attachments and recordings into a folder and into an object store. */
@Timeout(120)
final class BlobSinkTest {

    enum Place {
        FOLDER,
        S3
    }

    private static final int SIZE = 20_000_000;
    private static final String KEY = "tickets/17/photo of =me= ä.jpg";

    private final String secret = Canary.secret();
    private final HttpStack http = HttpStack.builder()
            .listener(new CallListener() {
                @Override
                public void attempt(Attempt attempt) {
                    if (attempt.sent()) {
                        AttemptLedger.shared().attempted(attempt.origin());
                    }
                }
            })
            .build();
    private final FakeS3 s3 = new FakeS3(secret);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        http.close();
        s3.close();
        assertEquals(List.of(), s3.refusals);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void write_fileOfAPlatform_isThereWithItsChecksumAndFetchedOnce(Place place) throws Exception {
        try (FakeFiles files = FakeFiles.of(SIZE)) {
            BlobStore store = store(place);

            SinkResult first = write(store, record -> List.of(remote(files, "1")));
            SinkResult second = write(store, record -> List.of(remote(files, "1")));

            assertEquals(new SinkResult(1, 0, List.of()), first);
            assertEquals(new SinkResult(0, 1, List.of()), second);
            assertEquals(List.of(0L), files.askedFrom);
            StoredBlob kept = store.find(KEY).orElseThrow();
            assertEquals(SIZE, kept.size());
            assertArrayEquals(FakeFiles.content(1, SIZE), stored(place));
            assertEquals(Map.of(), s3.uploads);
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void write_sourceThatBreaksOff_isGoneOnWithWhereItWas(Place place) throws Exception {
        try (FakeFiles files = FakeFiles.of(SIZE)) {
            files.breakAt(9_000_001, 17_000_000);

            SinkResult result = write(store(place), record -> List.of(remote(files, "1")));

            assertEquals(1, result.written());
            assertEquals(List.of(0L, 9_000_001L, 17_000_000L), files.askedFrom);
            assertArrayEquals(FakeFiles.content(1, SIZE), stored(place));
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void write_sourceThatChangesWhenItBreaksOff_isBegunAnew(Place place) throws Exception {
        try (FakeFiles files = FakeFiles.of(SIZE)) {
            files.breakAt(9_000_001);
            BlobSource changing = (range, taker) -> {
                if (range.from() > 0) {
                    files.changeTo(SIZE / 2);
                }
                source(files).read(range, taker);
            };

            write(store(place), record -> List.of(Blob.of(KEY, "1", changing)));

            assertEquals(List.of(0L, 0L), files.askedFrom);
            assertArrayEquals(FakeFiles.content(2, SIZE / 2), stored(place));
        }
    }

    @Test
    void X47_runThatEndsInTheMiddle_isGoneOnWithByTheNextOverAFolder() throws Exception {
        try (FakeFiles files = FakeFiles.of(SIZE)) {
            files.breakAt(18_000_000, 18_000_000);
            BlobStore store = store(Place.FOLDER);

            assertThrows(ConnectorException.class, () -> write(store, record -> List.of(remote(files, "1"))));
            assertTrue(store.find(KEY).isEmpty());
            SinkResult resumed = write(store, record -> List.of(remote(files, "1")));

            assertEquals(1, resumed.written());
            assertEquals(List.of(0L, 18_000_000L, 18_000_000L), files.askedFrom);
            assertArrayEquals(FakeFiles.content(1, SIZE), stored(Place.FOLDER));
        }
    }

    @Test
    void X47_newVersionAfterAnUnfinishedOne_isNotMixedWithIt() throws Exception {
        try (FakeFiles files = FakeFiles.of(SIZE)) {
            files.breakAt(18_000_000, 18_000_000);
            BlobStore store = store(Place.FOLDER);
            assertThrows(ConnectorException.class, () -> write(store, record -> List.of(remote(files, "1"))));
            files.changeTo(SIZE - 5);

            write(store, record -> List.of(remote(files, "2")));

            assertArrayEquals(FakeFiles.content(2, SIZE - 5), stored(Place.FOLDER));
            assertEquals("2", store.find(KEY).orElseThrow().version());
        }
    }

    @Test
    void X47_objectStoreThatFailsLate_leavesNothingThatCanBeFound() {
        try (FakeFiles files = FakeFiles.of(SIZE)) {
            s3.failsCompletionLate = true;
            BlobStore store = store(Place.S3);

            assertThrows(ConnectorException.class, () -> write(store, record -> List.of(remote(files, "1"))));

            assertTrue(store.find(KEY).isEmpty());
            assertEquals(Map.of(), s3.uploads);
            assertEquals(1, write(store, record -> List.of(remote(files, "1"))).written());
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void X48_wrongChecksumTooLargeOrMissing_isPutAsideAndLeavesNothing(Place place) {
        try (FakeFiles files = FakeFiles.of(SIZE)) {
            BlobStore store = store(place);
            Blob wrong = new Blob(KEY, "1", BlobSource.of("content"), "00".repeat(32));
            Blob right = new Blob(
                    KEY, "1", BlobSource.of(""), "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855");

            assertEquals(1, write(store, record -> List.of(wrong)).refused().size());
            assertEquals(
                    1,
                    write(BlobSink.into(store, r -> List.of(remote(files, "1"))).largest(SIZE - 1))
                            .refused()
                            .size());
            assertTrue(store.find(KEY).isEmpty());
            assertEquals(1, write(store, record -> List.of(right)).written());
            assertEquals(0, store.find(KEY).orElseThrow().size());
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void X53_deletedRecord_losesItsBlobsOnlyIfSoWished(Place place) {
        BlobStore store = store(place);
        write(store, record -> List.of(Blob.of(KEY, "1", BlobSource.of("a transcript"))));
        Change gone = new Change(RecordRef.of("crm", "Ticket", "17"), true, Instant.EPOCH, Map.of());

        SinkResult left = write(BlobSink.into(store, record -> List.of()), gone);
        assertTrue(store.find(KEY).isPresent());
        SinkResult deleted = write(BlobSink.into(store, record -> List.of()).deleting(record -> List.of(KEY)), gone);
        assertFalse(store.find(KEY).isPresent());
        assertFalse(store.delete(KEY));

        assertEquals(List.of(0, 1), List.of(left.written(), deleted.written()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "a/../../b", "/etc/passwd", "a//b", "", ".", "a/.hidden", "b.sha256", "c\\..\\d"})
    void T38_keyThatLeadsElsewhere_isRefusedOrStaysInTheFolder(String key) throws Exception {
        Path inner = Files.createDirectory(folder.resolve("inner"));

        write(FolderBlobs.in(inner), record -> List.of(Blob.of(key, "1", BlobSource.of("x"))));

        try (Stream<Path> outside = Files.list(folder)) {
            assertEquals(List.of(inner), outside.toList());
        }
        try (Stream<Path> all = Files.walk(inner)) {
            assertTrue(all.noneMatch(
                    file -> !file.equals(inner) && file.getFileName().toString().startsWith(".")));
        }
    }

    @Test
    void sha256sum_ofTheFolder_agrees() throws Exception {
        write(store(Place.FOLDER), record -> List.of(Blob.of("a/b.txt", "v 1", BlobSource.of("a transcript"))));

        Process check = new ProcessBuilder("sha256sum", "--check", "--strict", "b.txt.sha256")
                .directory(folder.resolve("a").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(check.waitFor(10, TimeUnit.SECONDS));
        assertEquals("b.txt: OK", said.strip());
    }

    @Test
    void X52_blobThatSomebodyElseWrites_isLeftToHim() {
        BlobStore store = store(Place.FOLDER);
        try (BlobWriter first = store.write(KEY, "1")) {
            assertEquals(0, first.length());
            assertThrows(IllegalStateException.class, () -> store.write(KEY, "1"));
        }
        store.write(KEY, "1").close();
    }

    @Test
    void in_folderThatIsNotThere_isAConfigurationError() {
        assertThrows(ConfigurationException.class, () -> FolderBlobs.in(folder.resolve("missing")));
    }

    private BlobStore store(Place place) {
        return place == Place.FOLDER
                ? FolderBlobs.in(folder)
                : S3Blobs.at(http, s3.address(), S3Account.of(FakeS3.REGION, FakeS3.KEY_ID, Secret.of(secret)));
    }

    private byte[] stored(Place place) throws Exception {
        String name = "tickets/17/photo=20of=20=3Dme=3D=20=C3=A4.jpg";
        return place == Place.FOLDER ? Files.readAllBytes(folder.resolve(name)) : s3.object(name);
    }

    private Blob remote(FakeFiles files, String version) {
        return Blob.of(KEY, version, source(files));
    }

    private BlobSource source(FakeFiles files) {
        HttpConnection connection = http.connect(HttpConnectionSettings.builder("files", Endpoints.of(files.uri()))
                .build());
        return BlobSource.of(connection, "file", Duration.ofMinutes(1));
    }

    private static SinkResult write(BlobStore store, Function<Change, List<Blob>> blobs) {
        return write(BlobSink.into(store, blobs));
    }

    private static SinkResult write(BlobSink.Builder builder) {
        return write(builder, new Change(RecordRef.of("crm", "Ticket", "17"), false, Instant.EPOCH, Map.of()));
    }

    private static SinkResult write(BlobSink.Builder builder, Change record) {
        try (Sink sink = builder.build().get()) {
            sink.open(new SinkStream("blobs", "Ticket", 1));
            return sink.write(new SinkBatch("blobs", List.of(record), new SyncCursor("c"), 1));
        }
    }
}
