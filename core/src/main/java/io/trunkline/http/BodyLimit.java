package io.trunkline.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

/**
 * How much of a body is read: decoded bytes at the most, and at most a hundred times what came over the wire once a
 * mebibyte is passed.
 */
final class BodyLimit {

    static final long INTERACTIVE_BYTES = 10L << 20;
    static final long BULK_BYTES = 32L << 20;
    private static final long RATIO_FREE = 1L << 20;
    private static final long MOST_RATIO = 100;

    private final long mostBytes;
    private final AttemptState state;

    BodyLimit(long mostBytes, AttemptState state) {
        this.mostBytes = mostBytes;
        this.state = state;
    }

    AttemptState state() {
        return state;
    }

    BufferedSource source(ResponseBody body) throws IOException {
        if (body.contentLength() > mostBytes) {
            throw new BodyTooLargeException();
        }
        return Okio.buffer(new ForwardingSource(body.source()) {
            private long decoded;

            @Override
            public long read(Buffer sink, long byteCount) throws IOException {
                long read = received(sink, byteCount);
                decoded += Math.max(0, read);
                check(decoded);
                return read;
            }

            /** The end of the wire must not look like the end of a document. */
            private long received(Buffer sink, long byteCount) throws IOException {
                try {
                    return super.read(sink, byteCount);
                } catch (EOFException e) {
                    throw new ProtocolException("the body was cut off");
                }
            }
        });
    }

    byte[] bytes(ResponseBody body) throws IOException {
        try (BufferedSource source = source(body)) {
            return source.readByteArray();
        }
    }

    private void check(long decoded) throws IOException {
        long wire = state.wireBytes();
        boolean bomb = wire > 0 && decoded > RATIO_FREE && decoded > wire * MOST_RATIO;
        if (decoded > mostBytes || bomb) {
            throw new BodyTooLargeException();
        }
    }

    /** More than the limit allows. */
    static final class BodyTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        BodyTooLargeException() {
            super("the answer is larger than the library accepts");
        }
    }
}
