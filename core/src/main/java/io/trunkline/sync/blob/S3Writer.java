package io.trunkline.sync.blob;

import io.trunkline.error.ConnectorException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.ProtocolException;
import io.trunkline.http.RawRequest;
import io.trunkline.http.RawResponse;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.mapping.SecureXml;
import io.trunkline.mapping.XmlElements;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Collects pieces and sends each when it is full; one piece alone is sent as the object itself. */
final class S3Writer implements BlobWriter {

    private static final String MEDIA_TYPE = "application/octet-stream";

    private final S3Blobs store;
    private final String key;
    private final String version;
    private final String path;
    private final BlobDigest digest = new BlobDigest();
    private final List<String> pieces = new ArrayList<>();
    private byte[] piece = new byte[1 << 16];
    private int filled;
    private @Nullable String tag;
    private @Nullable String upload;

    S3Writer(S3Blobs store, String key, String version) {
        this.store = store;
        this.key = key;
        this.version = version;
        this.path = S3Blobs.path(key);
    }

    @Override
    public long length() {
        return digest.length();
    }

    @Override
    public Optional<String> tag() {
        return Optional.ofNullable(tag);
    }

    @Override
    public void restart(Optional<String> ofTag) {
        abort();
        digest.clear();
        filled = 0;
        tag = ofTag.orElse(null);
    }

    @Override
    public void append(byte[] buffer, int count) {
        digest.add(buffer, count);
        int from = 0;
        while (from < count) {
            if (filled == S3Blobs.PIECE) {
                sendPiece();
            }
            int more = Math.min(count - from, S3Blobs.PIECE - filled);
            if (filled + more > piece.length) {
                piece = Arrays.copyOf(piece, Math.min(S3Blobs.PIECE, Math.max(filled + more, 2 * piece.length)));
            }
            System.arraycopy(buffer, from, piece, filled, more);
            filled += more;
            from += more;
        }
    }

    @Override
    public StoredBlob finish(Optional<String> sha256) {
        StoredBlob stored = digest.end(key, version, sha256);
        if (upload == null) {
            store.send(RawRequest.of("PUT", path).body(MEDIA_TYPE, content()));
        } else {
            sendPiece();
            complete();
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        // Last of all: what is said of an object is said when it is there.
        store.send(RawRequest.of("PUT", path + BlobKey.NOTE)
                .body("text/plain", stored.note(name).getBytes(StandardCharsets.UTF_8)));
        return stored;
    }

    @Override
    public void close() {
        abort();
    }

    private byte[] content() {
        return Arrays.copyOf(piece, filled);
    }

    private void sendPiece() {
        String id = upload;
        if (id == null) {
            RawRequest begin = RawRequest.of("POST", path).query("uploads", "");
            id = XmlElements.text(xml(store.send(begin)), "UploadId").orElseThrow(S3Writer::broken);
            upload = id;
        }
        RawResponse sent = store.send(RawRequest.of("PUT", path)
                .query("partNumber", String.valueOf(pieces.size() + 1))
                .query("uploadId", id)
                .body(MEDIA_TYPE, content()));
        pieces.add(sent.headers().first("ETag").orElseThrow(S3Writer::broken));
        filled = 0;
    }

    /** The store may say 200 and only then find out that it failed. */
    private void complete() {
        RawResponse answer = store.send(RawRequest.of("POST", path)
                .query("uploadId", String.valueOf(upload))
                .body("application/xml", list().getBytes(StandardCharsets.UTF_8)));
        if (!"CompleteMultipartUploadResult".equals(xml(answer).getLocalName())) {
            throw broken();
        }
        upload = null;
        pieces.clear();
    }

    private String list() {
        Document document = SecureXml.create();
        Element root = document.createElement("CompleteMultipartUpload");
        document.appendChild(root);
        for (int i = 0; i < pieces.size(); i++) {
            Element part = document.createElement("Part");
            Element number = document.createElement("PartNumber");
            number.setTextContent(String.valueOf(i + 1));
            Element mark = document.createElement("ETag");
            mark.setTextContent(pieces.get(i));
            part.appendChild(number);
            part.appendChild(mark);
            root.appendChild(part);
        }
        return SecureXml.write(document);
    }

    /** An upload that cannot be aborted now is left to the bucket's life cycle. */
    private void abort() {
        String id = upload;
        upload = null;
        pieces.clear();
        if (id != null) {
            try {
                store.send(RawRequest.of("DELETE", path).query("uploadId", id));
            } catch (ConnectorException e) {
                // What led here is the error that counts.
            }
        }
    }

    private static Element xml(RawResponse answer) {
        try {
            return SecureXml.parse(answer.body()).getDocumentElement();
        } catch (MalformedDataException e) {
            throw broken();
        }
    }

    private static ProtocolException broken() {
        return new ProtocolException(
                "the object store has not answered as S3 does",
                ErrorContext.of("blobs", "blobs.write", ErrorKind.PROTOCOL),
                null);
    }
}
