package io.trunkline.sync.blob;

import io.trunkline.http.Downloads;
import io.trunkline.http.FileContent;
import io.trunkline.http.FileRange;
import io.trunkline.http.HttpConnection;
import io.trunkline.value.Deadline;
import io.trunkline.value.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Where a blob's content comes from. May be asked several times. */
@FunctionalInterface
public interface BlobSource {

    /**
     * Lets somebody read the content.
     *
     * @param range what is there already; the content may begin at zero all the same
     * @throws io.trunkline.error.ConnectorException if it cannot be had or breaks off
     */
    void read(FileRange range, FileContent.Taker taker);

    /**
     * A file at an address that somebody has named: without credential, and not on this machine or in a private network.
     *
     * @param within how long all of it may take
     */
    static BlobSource at(Downloads downloads, URI address, Duration within) {
        return (range, taker) -> downloads.read(address, range, Deadline.in(within, TimeSource.system()), taker);
    }

    /**
     * A file of a platform, with the connection's credential.
     *
     * @param path below the connection's address
     * @param within how long all of it may take
     */
    static BlobSource of(HttpConnection connection, String path, Duration within) {
        return (range, taker) -> connection.download(path, range, within, taker);
    }

    /** Content that is here already, such as a mail's attachment. */
    static BlobSource of(byte[] content) {
        return (range, taker) -> {
            long size = content.length;
            try {
                taker.take(new FileContent(0, size, null, new ByteArrayInputStream(content)));
            } catch (IOException e) {
                throw new IllegalStateException("reading from memory cannot fail", e);
            }
        };
    }

    /** A text in UTF-8, such as a transcript. */
    static BlobSource of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }
}
