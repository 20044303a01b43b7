package io.trunkline.sync.blob;

import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorKind;
import io.trunkline.http.FileContent;
import io.trunkline.http.FileRange;
import io.trunkline.sync.PoisonException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Copies one blob piece by piece, and goes on where it broke off as long as each try brings something further. */
final class BlobCopy {

    private static final int PIECE = 1 << 16;
    private static final int MOST_BREAKS = 10;

    private final BlobWriter writer;
    private final long largest;

    BlobCopy(BlobWriter writer, long largest) {
        this.writer = writer;
        this.largest = largest;
    }

    StoredBlob copy(Blob blob) {
        for (int breaks = 0; true; breaks++) {
            long before = writer.length();
            try {
                blob.source().read(new FileRange(before, writer.tag().orElse(null)), this::take);
                return writer.finish(blob.sha256());
            } catch (ConnectorException e) {
                boolean further = writer.length() > before && breaks < MOST_BREAKS;
                if (!(further && brokeOff(e))) {
                    throw e;
                }
            }
        }
    }

    private void take(FileContent content) throws IOException {
        if (content.from() == 0) {
            writer.restart(Optional.ofNullable(content.tag()));
        } else if (content.from() != writer.length()) {
            throw new IllegalStateException(
                    "the source gives neither the whole content nor the rest that was asked for");
        }
        Long size = content.size();
        requireSmall(size == null ? 0 : size);
        byte[] piece = new byte[PIECE];
        InputStream bytes = content.bytes();
        for (int count = bytes.read(piece); count >= 0; count = bytes.read(piece)) {
            writer.append(piece, count);
            requireSmall(writer.length());
        }
        if (size != null && writer.length() != size) {
            throw new IOException("the content is of another length than was told");
        }
    }

    private void requireSmall(long size) {
        if (size > largest) {
            throw new PoisonException("the content is larger than " + largest + " bytes");
        }
    }

    private static boolean brokeOff(ConnectorException e) {
        return e.kind() == ErrorKind.TRANSPORT || e.kind() == ErrorKind.PROTOCOL;
    }
}
