package io.trunkline.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.mapping.MalformedDataException;
import io.trunkline.value.Deadline;
import io.trunkline.value.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The event stream's own grammar, in pieces of any size. */
final class ServerSentEventsTest {

    private static final String STREAM = """
            : a comment

            event: piece
            id: 7
            data: {"text":"é 中 😀"}

            data:one
            data: two
            data:  three
            data
            retry: 5

            id
            data: [DONE]

            """;
    private static final List<ServerSentEvent> EVENTS = List.of(
            new ServerSentEvent("piece", "{\"text\":\"é 中 😀\"}", "7"),
            new ServerSentEvent("message", "one\ntwo\n three\n", "7"),
            new ServerSentEvent("message", "[DONE]", ""));

    /** Gives what a network gives: one piece a read. */
    private static final class Pieces implements Source {

        private final Deque<byte[]> left = new ArrayDeque<>();
        private boolean closed;
        private int reads;

        Pieces(byte[]... pieces) {
            left.addAll(List.of(pieces));
        }

        @Override
        public long read(Buffer sink, long byteCount) {
            byte[] piece = left.poll();
            if (piece == null) {
                return -1;
            }
            reads++;
            sink.write(piece);
            return piece.length;
        }

        @Override
        public Timeout timeout() {
            return Timeout.NONE;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static ServerSentEvents open(Pieces pieces) throws IOException {
        Response response = new Response.Builder()
                .request(new Request.Builder().url("http://127.0.0.1/").build())
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("OK")
                .body(ResponseBody.create(Okio.buffer(pieces), null, -1))
                .build();
        AttemptState state =
                new AttemptState(Deadline.in(Duration.ofSeconds(5), TimeSource.system()), new InterruptWatch());
        return ServerSentEvents.READER.read(response, new BodyLimit(BodyLimit.INTERACTIVE_BYTES, state));
    }

    private static List<ServerSentEvent> all(Pieces pieces) throws IOException {
        List<ServerSentEvent> events = new ArrayList<>();
        try (ServerSentEvents stream = open(pieces)) {
            for (Optional<ServerSentEvent> event = stream.next(); event.isPresent(); event = stream.next()) {
                events.add(event.get());
            }
            assertTrue(stream.next().isEmpty());
        }
        assertTrue(pieces.closed);
        return events;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void next_streamSplitAtEveryByte_isTheSameForEveryLineEnd(String lineEnd) throws IOException {
        byte[] bytes = utf8(STREAM.replace("\n", lineEnd));

        for (int split = 0; split <= bytes.length; split++) {
            byte[] head = Arrays.copyOfRange(bytes, 0, split);
            byte[] tail = Arrays.copyOfRange(bytes, split, bytes.length);
            assertEquals(EVENTS, all(new Pieces(head, tail)), "split after byte " + split);
        }
        assertEquals(EVENTS, all(new Pieces(eachByte(bytes))), "one byte a read");
    }

    @Test
    void next_endsOfLinesMixed_areEachOneEnd() throws IOException {
        byte[] bytes = utf8("data: a\r\ndata: b\rdata: c\n\r\ndata: d\r\r\n");

        List<String> data =
                all(new Pieces(bytes)).stream().map(ServerSentEvent::data).toList();

        assertEquals(List.of("a\nb\nc", "d"), data);
    }

    @Test
    void next_eventWhoseEndIsACarriageReturn_isGivenBeforeMoreArrives() throws IOException {
        Pieces pieces = new Pieces(utf8("data: a\r\r"), utf8("\ndata: b\r\r"));
        ServerSentEvents stream = open(pieces);

        assertEquals("a", stream.next().orElseThrow().data());
        assertEquals(1, pieces.reads);
        assertEquals("b", stream.next().orElseThrow().data());
        assertTrue(stream.next().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"data: a,a", "data: a|,a", "data: a|data: b,a|b"})
    void next_streamThatEndsWithinAnEvent_givesItAsItIs(String text, String data) throws IOException {
        List<ServerSentEvent> events = all(new Pieces(utf8(text.replace('|', '\n'))));

        assertEquals(1, events.size());
        assertEquals(data.replace('|', '\n'), events.get(0).data());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n\n", ": only\n: comments\n\n", "event: x\n\nid: 1\n\n"})
    void next_streamWithoutData_isEmpty(String text) throws IOException {
        assertEquals(List.of(), all(new Pieces(utf8(text))));
    }

    @Test
    void next_byteOrderMarkAtTheStart_isNoPartOfTheData() throws IOException {
        byte[] marked = utf8("\ufeffdata: \ufeffa\n\n");

        assertEquals("\ufeffa", all(new Pieces(eachByte(marked))).get(0).data());
    }

    @Test
    void next_eventNameOfAnEventWithoutData_isForgotten() throws IOException {
        assertEquals(
                "message",
                all(new Pieces(utf8("event: x\n\ndata: a\n\n"))).get(0).type());
    }

    @Test
    void next_lineOrEventPastTheLimit_isRefusedBeforeItIsHeld() throws IOException {
        byte[] mebibyte = utf8("x".repeat(1 << 20));
        Pieces line = new Pieces(utf8("data: "), mebibyte, mebibyte, mebibyte);
        byte[][] lines = new byte[12][];
        Arrays.fill(lines, utf8("data: " + "x".repeat(900_000) + "\n"));

        assertThrows(MalformedDataException.class, () -> open(line).next());
        assertFalse(line.left.isEmpty());
        assertThrows(MalformedDataException.class, () -> open(new Pieces(lines)).next());
    }

    private static byte[][] eachByte(byte[] bytes) {
        byte[][] pieces = new byte[bytes.length][];
        for (int i = 0; i < bytes.length; i++) {
            pieces[i] = new byte[] {bytes[i]};
        }
        return pieces;
    }
}
