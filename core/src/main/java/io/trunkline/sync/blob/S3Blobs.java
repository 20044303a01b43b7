package io.trunkline.sync.blob;

import io.trunkline.auth.CanonicalSignature;
import io.trunkline.auth.Credentials;
import io.trunkline.error.NotFoundException;
import io.trunkline.http.Endpoints;
import io.trunkline.http.HttpConnectionSettings;
import io.trunkline.http.HttpStack;
import io.trunkline.http.RawApi;
import io.trunkline.http.RawRequest;
import io.trunkline.http.RawResponse;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Secret;
import io.trunkline.value.TimeSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An object store with the interface of Amazon S3, signed by Signature Version 4: AWS itself, MinIO, Ceph, and others.
 * Each blob is an object under its key, and beside it {@code .sha256} with version, size and checksum. Up to 8 mebibytes
 * go in one request, more as a multipart upload of such pieces, of which one is in memory; each carries its checksum, so
 * the store refuses what was changed on the way. What broke off on the side of the source is gone on with; what a process
 * has left unfinished is begun anew by the next. Let the bucket's life cycle abort incomplete multipart uploads.
 *
 * <p>The account must be allowed to get, put and delete objects, and to list the bucket: otherwise the store says
 * "forbidden" of what is not there.
 */
public final class S3Blobs implements BlobStore {

    /** How many bytes a piece has. With ten thousand pieces at the most, a blob has at most 80 gibibytes. */
    static final int PIECE = 8 << 20;

    private final RawApi api;

    private S3Blobs(RawApi api) {
        this.api = api;
    }

    /**
     * The blobs of a bucket.
     *
     * @param http what requests go through
     * @param address what keys are added to, such as {@code https://s3.eu-central-1.amazonaws.com/bucket/folder}
     * @param account who asks, and in which region
     */
    public static S3Blobs at(HttpStack http, URI address, S3Account account) {
        CanonicalSignature plain = CanonicalSignature.s3(account.keyId(), account.key(), account.region());
        Secret session = account.session();
        CanonicalSignature signature = session == null ? plain : plain.session(session);
        HttpConnectionSettings settings = HttpConnectionSettings.builder("blobs", Endpoints.of(address))
                .authorizer(Credentials.signed(signature, TimeSource.system()))
                .build();
        return new S3Blobs(http.connect(settings).raw());
    }

    @Override
    public Optional<StoredBlob> find(String key) {
        try {
            byte[] note = send(RawRequest.of("GET", path(key) + BlobKey.NOTE)).body();
            return StoredBlob.read(key, new String(note, StandardCharsets.UTF_8));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public BlobWriter write(String key, String version) {
        return new S3Writer(this, key, version);
    }

    @Override
    public boolean delete(String key) {
        boolean there = find(key).isPresent();
        send(RawRequest.of("DELETE", path(key) + BlobKey.NOTE));
        send(RawRequest.of("DELETE", path(key)));
        return there;
    }

    RawResponse send(RawRequest request) {
        return api.send(request, CallOptions.bulk());
    }

    /** The path of a key's object, from the address on. */
    static String path(String key) {
        return String.join("/", BlobKey.names(key));
    }
}
