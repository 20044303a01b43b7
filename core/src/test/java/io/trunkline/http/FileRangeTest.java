package io.trunkline.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.LocalServer;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.NotFoundException;
import io.trunkline.error.SecurityPolicyException;
import io.trunkline.value.Deadline;
import io.trunkline.value.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files, and the rest of files. */
@Timeout(60)
final class FileRangeTest {

    private static final String TAG = "\"v1\"";

    /** What was read, and how it began. */
    private static final class Taken implements FileContent.Taker {
        long from = -1;
        Long size;
        String tag;
        String text = "";

        @Override
        public void take(FileContent content) throws IOException {
            from = content.from();
            size = content.size();
            tag = content.tag();
            text = new String(content.bytes().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private final Taken taken = new Taken();

    @Test
    void read_all_asksForNoRangeAndNoCompression() {
        try (LocalServer server = LocalServer.answering(
                answer(200).body("content").addHeader("ETag", TAG).build())) {
            read(server, FileRange.ALL);

            assertEquals("content", taken.text);
            assertEquals(0, taken.from);
            assertEquals(7, taken.size);
            assertEquals(TAG, taken.tag);
            assertNull(server.lastRequest().getHeaders().get("Range"));
            assertEquals("identity", server.lastRequest().getHeaders().get("Accept-Encoding"));
        }
    }

    @Test
    void read_rest_asksForItUnderTheTagOfWhatIsThere() {
        try (LocalServer server = LocalServer.answering(answer(206)
                .body("tent")
                .addHeader("ETag", TAG)
                .addHeader("Content-Range", "bytes 3-6/7")
                .build())) {
            read(server, new FileRange(3, TAG));

            assertEquals("tent", taken.text);
            assertEquals(3, taken.from);
            assertEquals(7, taken.size);
            assertEquals("bytes=3-", server.lastRequest().getHeaders().get("Range"));
            assertEquals(TAG, server.lastRequest().getHeaders().get("If-Range"));
        }
    }

    @Test
    void read_restOfAFileThatHasChanged_isAllOfTheNewOne() {
        try (LocalServer server = LocalServer.answering(
                answer(200).body("other").addHeader("ETag", "\"v2\"").build())) {
            read(server, new FileRange(3, TAG));

            assertEquals(0, taken.from);
            assertEquals("other", taken.text);
            assertEquals("\"v2\"", taken.tag);
        }
    }

    @Test
    void read_restOfAFileWithoutATag_isAllOfIt() {
        try (LocalServer server = LocalServer.answering(
                answer(200).body("content").addHeader("ETag", "W/\"w\"").build())) {
            read(server, new FileRange(3, null));

            assertEquals("content", taken.text);
            assertNull(taken.tag);
            assertNull(server.lastRequest().getHeaders().get("Range"));
        }
    }

    @Test
    void read_restOfAFileThatIsThere_isNothing() {
        try (LocalServer server = LocalServer.answering(
                answer(416).addHeader("Content-Range", "bytes */7").build())) {
            read(server, new FileRange(7, TAG));

            assertEquals(7, taken.from);
            assertEquals("", taken.text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "206,bytes 2-6/7,v1",
        "206,bytes 3-6/7,v2",
        "206,nonsense,v1",
        "206,bytes 99999999999999999999-6/7,v1",
        "416,bytes */2,v1",
        "416,'',v1"
    })
    void read_rangeThatIsNotTheOneAskedFor_isNotTakenAndAllIsAskedFor(int status, String range, String tag) {
        MockResponse wrong = answer(status)
                .body("wrong")
                .addHeader("ETag", "\"" + tag + "\"")
                .addHeader("Content-Range", range)
                .build();
        try (LocalServer server =
                LocalServer.answering(wrong, answer(200).body("content").build())) {
            read(server, new FileRange(3, TAG));

            assertEquals(0, taken.from);
            assertEquals("content", taken.text);
            assertNull(server.lastRequest().getHeaders().get("Range"));
        }
    }

    @Test
    void X11_fileThatIsCutOff_isAnError() {
        MockResponse cut = answer(200)
                .body("x".repeat(100_000))
                .onResponseBody(new SocketEffect.CloseSocket())
                .build();
        try (LocalServer server = LocalServer.answering(cut)) {
            assertThrows(ConnectorException.class, () -> read(server, FileRange.ALL));
        }
    }

    @Test
    void X12_fileWithNeitherLengthNorEnd_isNotTakenForWhole() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhalf a fi");
                Rig rig = Rig.to(server.uri(), stack -> stack, own -> own)) {
            ConnectorException thrown = assertThrows(
                    ConnectorException.class,
                    () -> rig.connection.download("file", FileRange.ALL, Duration.ofSeconds(10), taken));

            assertEquals(ErrorKind.PROTOCOL, thrown.kind());
            assertEquals(-1, taken.from);
        }
    }

    @Test
    void read_encodedOrMissing_isATypedError() {
        MockResponse encoded =
                answer(200).body("x").addHeader("Content-Encoding", "gzip").build();
        try (LocalServer server = LocalServer.answering(encoded, answer(404).build())) {
            ConnectorException thrown = assertThrows(ConnectorException.class, () -> read(server, FileRange.ALL));
            assertEquals(ErrorKind.PROTOCOL, thrown.kind());
            assertThrows(NotFoundException.class, () -> read(server, new FileRange(3, TAG)));
        }
    }

    @Test
    void T1_redirect_getsTheRangeButNotTheCredential() {
        String secret = Canary.secret();
        try (LocalServer server = LocalServer.answering(request -> request.getUrl()
                                .encodedPath()
                                .equals("/file")
                        ? answer(302).addHeader("Location", "/elsewhere").build()
                        : answer(206)
                                .body("tent")
                                .addHeader("Content-Range", "bytes 3-6/7")
                                .build());
                Rig rig = Rig.to(server, own -> own.authorizer(request -> request.header("X-Api-Key", secret)))) {
            rig.connection.download("file", new FileRange(3, TAG), Duration.ofSeconds(10), taken);

            assertEquals("tent", taken.text);
            assertEquals(secret, server.requests().get(0).getHeaders().get("X-Api-Key"));
            assertNull(server.lastRequest().getHeaders().get("X-Api-Key"));
            assertEquals("bytes=3-", server.lastRequest().getHeaders().get("Range"));
            assertEquals(2, rig.attempts.size());
        }
    }

    @Test
    void T11_addressOnThisMachine_isNotRead() {
        try (LocalServer server = LocalServer.answering(answer(200).body("x").build());
                Rig rig = Rig.to(server)) {
            URI address = URI.create("https://127.0.0.1:" + server.uri().getPort() + "/");
            Deadline soon = Deadline.in(Duration.ofSeconds(10), TimeSource.system());

            assertThrows(
                    SecurityPolicyException.class,
                    () -> rig.connection.downloads(Set.of()).read(address, FileRange.ALL, soon, taken));

            assertEquals(0, server.count());
            assertTrue(taken.text.isEmpty());
        }
    }

    private void read(LocalServer server, FileRange range) {
        try (Rig rig = Rig.to(server)) {
            rig.connection.download("file", range, Duration.ofSeconds(10), taken);
        }
    }

    private static MockResponse.Builder answer(int status) {
        return new MockResponse.Builder().code(status);
    }
}
