package io.trunkline.http;

import io.trunkline.mapping.MalformedDataException;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Response;
import okio.BufferedSource;
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
            return new ServerSentEvents(response, limit.source(response.body()));
        }

        @Override
        public boolean keepsOpen() {
            return true;
        }
    };

    private static final long LONGEST_LINE = 1L << 20;
    private static final int LARGEST_EVENT = 4 << 20;

    private final Response response;
    private final BufferedSource source;
    private String lastId = "";

    private ServerSentEvents(Response response, BufferedSource source) {
        this.response = response;
        this.source = source;
    }

    /**
     * The next event, waiting for it; comments are passed over. Empty at the end of the stream; an event that the end
     * cuts off is given as it is.
     *
     * @throws MalformedDataException if a line or an event is larger than the library accepts
     * @throws IOException if the connection breaks or the deadline passes
     */
    public Optional<ServerSentEvent> next() throws IOException {
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
            if (line.startsWith("data:") || line.equals("data")) {
                data.append(any ? "\n" : "").append(value);
                any = true;
                check(data);
            } else if (line.startsWith("event:")) {
                type = value;
            } else if (line.startsWith("id:")) {
                lastId = value;
            }
        }
        return any ? Optional.of(new ServerSentEvent(type, data.toString(), lastId)) : Optional.empty();
    }

    /** Ends the stream. Closing again does nothing. */
    @Override
    public void close() {
        response.close();
    }

    private @Nullable String line() throws IOException {
        if (source.exhausted()) {
            return null;
        }
        long end = source.indexOf((byte) '\n', 0, LONGEST_LINE);
        if (end < 0 && source.request(LONGEST_LINE)) {
            throw new MalformedDataException("a line of the event stream is longer than the library accepts");
        }
        return source.readUtf8Line();
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
