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
                int at = place.start;
                while (at < place.end) {
                    at = quoted ? text(place.data, at, place.end) : others(place.data, at, place.end);
                }
            }
        }
    }

    /** Most of a document is text: its end is looked for without a field being touched. Gives the place after it. */
    private int text(byte[] data, int start, int end) {
        int i = escaped ? start + 1 : start;
        while (i < end) {
            byte next = data[i];
            if (next == '"') {
                quoted = false;
                return i + 1;
            }
            i += next == '\\' ? 2 : 1;
        }
        escaped = i > end;
        return end;
    }

    /** Gives the place after the quote that opens the next text. */
    private int others(byte[] data, int start, int end) {
        int length = run;
        for (int i = start; i < end; i++) {
            if (data[i] == '"') {
                quoted = true;
                escaped = false;
                run = 0;
                return i + 1;
            }
            length = between(data[i]) ? 0 : length + 1;
            if (length > LONGEST) {
                throw new MalformedDataException("JSON: a number is longer than the library accepts");
            }
        }
        run = length;
        return end;
    }

    private static boolean between(byte sign) {
        return switch (sign) {
            case ' ', '\t', '\r', '\n', ',', ':', '[', ']', '{', '}' -> true;
            default -> false;
        };
    }
}
