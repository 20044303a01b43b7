package io.trunkline.sync.blob;

import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder of blobs: each a file under its key, and beside it {@code .sha256} with version, size and checksum, as {@code
 * sha256sum -c} reads it. Characters other than letters, digits, {@code - _ .} stand as {@code =XX}. A file appears when
 * it is whole and safe on the disk; what broke off is kept hidden and gone on with.
 */
public final class FolderBlobs implements BlobStore {

    private final Path folder;

    private FolderBlobs(Path folder) {
        this.folder = folder;
    }

    /**
     * The blobs of a folder.
     *
     * @throws ConfigurationException if it is not there
     */
    public static FolderBlobs in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ConfigurationException(
                    "the folder for blobs is not there",
                    ErrorContext.of("blobs", "sync", ErrorKind.CONFIGURATION),
                    null);
        }
        return new FolderBlobs(folder);
    }

    @Override
    public Optional<StoredBlob> find(String key) {
        Path file = file(key);
        try {
            Path note = note(file);
            return Files.exists(note) && Files.exists(file)
                    ? StoredBlob.read(key, Files.readString(note))
                            .filter(kept -> kept.size() == file.toFile().length())
                    : Optional.empty();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public BlobWriter write(String key, String version) {
        try {
            Path file = file(key);
            Files.createDirectories(parent(file));
            return FolderWriter.open(key, version, file);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public boolean delete(String key) {
        try {
            Path file = file(key);
            Files.deleteIfExists(note(file));
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    static Path note(Path file) {
        return file.resolveSibling(file.getFileName() + BlobKey.NOTE);
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    static StoreException failed(IOException e) {
        return new StoreException(
                "the folder for blobs cannot be used: " + e.getClass().getSimpleName(), e);
    }

    private Path file(String key) {
        return folder.resolve(String.join("/", BlobKey.names(key)));
    }
}
