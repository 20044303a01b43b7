package io.trunkline.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Reads what servers answer to being asked for a file or the rest of one (RFC 9110, sections 13 and 14). */
final class FileAnswers {

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:(\\d{1,18})-\\d{1,18}|\\*)/(\\d{1,18}|\\*)");
    private static final int PARTIAL = 206;
    private static final int OUT_OF_RANGE = 416;

    private FileAnswers() {}

    /** A compressed answer would have other lengths than the file, so none is wanted. */
    static Request.Builder ask(Request.Builder request, FileRange range) {
        request.header("Accept-Encoding", "identity");
        if (range.partial()) {
            request.header("Range", "bytes=" + range.from() + "-").header("If-Range", String.valueOf(range.tag()));
        }
        return request;
    }

    /** Whether the server has nothing after what is there: all is, or the file has become shorter. */
    static boolean outOfRange(Response response, FileRange range) {
        return response.code() == OUT_OF_RANGE && range.partial();
    }

    /** The content; null if the server has understood the range in another way, so that all must be asked for. */
    static @Nullable FileContent content(Response response, FileRange range, InputStream bytes) throws IOException {
        String tag = strong(response.header("ETag"));
        if (outOfRange(response, range)) {
            boolean complete = String.valueOf(range.from()).equals(total(response));
            return complete
                    ? new FileContent(range.from(), range.from(), range.tag(), InputStream.nullInputStream())
                    : null;
        }
        if (!"identity".equals(response.header("Content-Encoding", "identity"))) {
            throw new ProtocolException("the file came encoded");
        }
        if (response.code() == PARTIAL) {
            Matcher told = CONTENT_RANGE.matcher(response.header("Content-Range", ""));
            boolean asked = range.partial()
                    && told.matches()
                    && String.valueOf(range.from()).equals(told.group(1))
                    && (tag == null || tag.equals(range.tag()));
            if (!asked) {
                return null;
            }
            String total = told.group(2);
            Long size = total.equals("*") ? null : Long.valueOf(total);
            return new FileContent(range.from(), size, range.tag(), bytes);
        }
        return new FileContent(0, length(response), tag, bytes);
    }

    /** A length that is not told is no harm where the end is: otherwise half a file would pass for a whole one. */
    private static @Nullable Long length(Response response) throws IOException {
        long length = response.body().contentLength();
        boolean endTold = "chunked".equalsIgnoreCase(response.header("Transfer-Encoding"))
                || response.protocol() == Protocol.HTTP_2;
        if (length < 0 && !endTold) {
            throw new ProtocolException("neither length nor end of the file is told");
        }
        return length < 0 ? null : length;
    }

    private static @Nullable String total(Response response) {
        Matcher told = CONTENT_RANGE.matcher(response.header("Content-Range", ""));
        return told.matches() ? told.group(2) : null;
    }

    private static @Nullable String strong(@Nullable String tag) {
        return tag == null || !tag.startsWith("\"") ? null : tag;
    }
}
