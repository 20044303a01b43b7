package io.trunkline.sync.blob;

import io.trunkline.checks.LocalServer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.BufferedSink;

/** A server of one file of any length, made while it is sent, with tags and ranges, that breaks off when told to. */
final class FakeFiles implements AutoCloseable {

    private static final int PIECE = 1 << 16;

    final List<Long> askedFrom = new ArrayList<>();
    private final LocalServer server = LocalServer.answering(this::answer);
    private final LongConsumer watch;
    private final List<Long> breaks = new ArrayList<>();
    private long size;
    private int version = 1;

    FakeFiles(long size, LongConsumer watch) {
        this.size = size;
        this.watch = watch;
    }

    static FakeFiles of(long size) {
        return new FakeFiles(size, sent -> {});
    }

    URI uri() {
        return server.uri();
    }

    synchronized void changeTo(long newSize) {
        size = newSize;
        version++;
    }

    /** Ends the next answers at these places of the file. */
    synchronized void breakAt(long... places) {
        for (long place : places) {
            breaks.add(place);
        }
    }

    /** What the file holds from a place on that is a multiple of a piece; the same each time. */
    static byte[] piece(int version, long from) {
        byte[] bytes = new byte[PIECE];
        new Random(version * 31L + from).nextBytes(bytes);
        return bytes;
    }

    static byte[] content(int version, int size) {
        byte[] all = new byte[size];
        for (int from = 0; from < size; from += PIECE) {
            System.arraycopy(piece(version, from), 0, all, from, Math.min(PIECE, size - from));
        }
        return all;
    }

    @Override
    public void close() {
        server.close();
    }

    private synchronized MockResponse answer(RecordedRequest request) {
        String tag = "\"v" + version + "\"";
        String range = request.getHeaders().get("Range");
        boolean partial = range != null && tag.equals(request.getHeaders().get("If-Range"));
        long from = partial ? Long.parseLong(range.substring("bytes=".length(), range.length() - 1)) : 0;
        askedFrom.add(from);
        if (partial && from >= size) {
            return new MockResponse.Builder()
                    .code(416)
                    .addHeader("Content-Range", "bytes */" + size)
                    .build();
        }
        long end = breaks.isEmpty() ? size : breaks.remove(0);
        MockResponse.Builder answer = new MockResponse.Builder()
                .code(partial ? 206 : 200)
                .addHeader("ETag", tag)
                .body(new Content(version, from, size, end));
        if (end < size) {
            answer.onResponseEnd(new SocketEffect.CloseSocket(false, false, true));
        }
        return partial
                ? answer.addHeader("Content-Range", "bytes " + from + "-" + (size - 1) + "/" + size)
                        .build()
                : answer.build();
    }

    private final class Content implements MockResponseBody {

        private final int version;
        private final long from;
        private final long size;
        private final long end;

        Content(int version, long from, long size, long end) {
            this.version = version;
            this.from = from;
            this.size = size;
            this.end = end;
        }

        @Override
        public long getContentLength() {
            return size - from;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            for (long at = from; at < end; ) {
                long start = at - at % PIECE;
                int skip = (int) (at - start);
                int count = (int) Math.min(PIECE - skip, end - at);
                sink.write(piece(version, start), skip, count);
                at += count;
                watch.accept(at);
            }
            sink.flush();
        }
    }
}
