package io.trunkline.mapping;

import java.io.IOException;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;

/**
 * Ends a JSON document in which a number, or anything else outside of quotes, goes on for more characters than any value
 * has: the parser's time for one grows with the square of its length, before an adapter sees it.
 */
final class NumberGuard extends ForwardingSource {

    private static final int LONGEST = 1_100;

    private final Buffer.UnsafeCursor cursor = new Buffer.UnsafeCursor();
    private boolean quoted;
    private boolean escaped;
    private int run;

    NumberGuard(Source source) {
        super(source);
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
        long read = super.read(sink, byteCount);
        if (read > 0) {
            look(sink, sink.size() - read);
        }
        return read;
    }

    private void look(Buffer sink, long start) {
        try (Buffer.UnsafeCursor place = sink.readUnsafe(cursor)) {
            for (int size = place.seek(start); size >= 0; size = place.next()) {
                for (int i = place.start; i < place.end; i++) {
                    take(place.data[i]);
                }
            }
        }
    }

    private void take(byte next) {
        if (quoted) {
            quoted = escaped || next != '"';
            escaped = !escaped && next == '\\';
        } else if (next == '"') {
            quoted = true;
            run = 0;
        } else if (between(next)) {
            run = 0;
        } else if (++run > LONGEST) {
            throw new MalformedDataException("JSON: a number is longer than the library accepts");
        }
    }

    private static boolean between(byte sign) {
        return switch (sign) {
            case ' ', '\t', '\r', '\n', ',', ':', '[', ']', '{', '}' -> true;
            default -> false;
        };
    }
}
