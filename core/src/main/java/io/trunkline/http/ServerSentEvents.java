package io.trunkline.http;

import io.trunkline.mapping.MalformedDataException;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events that is read as it arrives, within the call's deadline. Used by one thread; closed by whoever
 * received it.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
public final class ServerSentEvents implements AutoCloseable {

    static final BodyReader<ServerSentEvents> READER = new BodyReader<>() {
        @Override
        public ServerSentEvents read(Response response, BodyLimit limit) throws IOException {
            return new ServerSentEvents(response, limit.source(response.body()), limit.state());
        }

        @Override
        public boolean keepsOpen() {
            return true;
        }
    };

    private static final ByteString LINE_ENDS = ByteString.encodeUtf8("\r\n");
    private static final ByteString BYTE_ORDER_MARK = ByteString.decodeHex("efbbbf");
    private static final long LONGEST_LINE = 1L << 20;
    private static final int LARGEST_EVENT = 4 << 20;

    private final Response response;
    private final BufferedSource source;
    private final AttemptState state;
    private String lastId = "";
    private boolean begun;
    private boolean afterReturn;

    private ServerSentEvents(Response response, BufferedSource source, AttemptState state) {
        this.response = response;
        this.source = source;
        this.state = state;
    }

    /**
     * The next event, waiting for it; comments are passed over. Empty at the end of the stream; an event that the end
     * cuts off is given as it is.
     *
     * @throws MalformedDataException if a line or an event is larger than the library accepts
     * @throws IOException if the connection breaks, the deadline passes, the thread is interrupted or the library closed
     */
    public Optional<ServerSentEvent> next() throws IOException {
        state.resume();
        try {
            return read();
        } finally {
            state.end();
        }
    }

    private Optional<ServerSentEvent> read() throws IOException {
        StringBuilder data = new StringBuilder();
        String type = "message";
        boolean any = false;
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty() && any) {
                break;
            }
            if (line.isEmpty()) {
                type = "message";
            }
            String value = value(line);
            switch (name(line)) {
                case "data" -> {
                    data.append(any ? "\n" : "").append(value);
                    any = true;
                    check(data);
                }
                case "event" -> type = value;
                case "id" -> lastId = value;
                default -> {}
            }
        }
        return any ? Optional.of(new ServerSentEvent(type, data.toString(), lastId)) : Optional.empty();
    }

    /** Ends the stream. Closing again does nothing. */
    @Override
    public void close() {
        response.close();
    }

    /** A line without its end, which is CR, LF or both; read as soon as its end is there, so that no event waits. */
    private @Nullable String line() throws IOException {
        passOver();
        Buffer read = source.getBuffer();
        for (long from = 0; source.request(from + 1); from = read.size()) {
            long end = read.indexOfElement(LINE_ENDS, from);
            if (end >= 0) {
                String line = read.readUtf8(end);
                afterReturn = read.readByte() == '\r';
                return line;
            }
            if (read.size() > LONGEST_LINE) {
                throw new MalformedDataException("a line of the event stream is longer than the library accepts");
            }
        }
        return read.exhausted() ? null : read.readUtf8();
    }

    private void passOver() throws IOException {
        if (!begun) {
            begun = true;
            source.skip(source.rangeEquals(0, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.size() : 0);
        }
        if (afterReturn && source.request(1) && source.getBuffer().getByte(0) == '\n') {
            source.skip(1);
        }
        afterReturn = false;
    }

    private static String name(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? line : line.substring(0, colon);
    }

    private static String value(String line) {
        int colon = line.indexOf(':');
        if (colon < 0) {
            return "";
        }
        int start = line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1;
        return line.substring(start);
    }

    private static void check(StringBuilder data) {
        if (data.length() > LARGEST_EVENT) {
            throw new MalformedDataException("an event of the stream is larger than the library accepts");
        }
    }
}
