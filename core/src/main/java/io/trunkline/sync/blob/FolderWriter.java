package io.trunkline.sync.blob;

import io.trunkline.sync.PoisonException;
import io.trunkline.sync.file.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a blob to a hidden file, and beside it now and then how much of that is safe on the disk: of which version, of
 * content of which tag, how many bytes.
 */
final class FolderWriter implements BlobWriter {

    private static final long SAFE_EVERY = 16L << 20;
    private static final int PIECE = 1 << 16;

    private final String key;
    private final String version;
    private final Path file;
    private final FileChannel part;
    private final BlobDigest digest = new BlobDigest();
    private @Nullable String tag;
    private long safe;

    private FolderWriter(String key, String version, Path file, FileChannel part) {
        this.key = key;
        this.version = version;
        this.file = file;
        this.part = part;
    }

    static FolderWriter open(String key, String version, Path file) throws IOException {
        FileChannel part = FileChannel.open(
                hidden(file, ".part"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FolderWriter writer = new FolderWriter(key, version, file, part);
        boolean ready = false;
        try {
            if (!locked(part)) {
                throw new IllegalStateException("somebody else is writing the blob");
            }
            writer.resume();
            ready = true;
            return writer;
        } finally {
            if (!ready) {
                part.close();
            }
        }
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
        try {
            digest.clear();
            part.truncate(0);
            tag = ofTag.orElse(null);
            keepSafe();
        } catch (IOException e) {
            throw FolderBlobs.failed(e);
        }
    }

    @Override
    public void append(byte[] buffer, int count) {
        try {
            ByteBuffer left = ByteBuffer.wrap(buffer, 0, count);
            while (left.hasRemaining()) {
                part.write(left);
            }
            digest.add(buffer, count);
            if (digest.length() - safe >= SAFE_EVERY) {
                keepSafe();
            }
        } catch (IOException e) {
            throw FolderBlobs.failed(e);
        }
    }

    @Override
    public StoredBlob finish(Optional<String> sha256) {
        try {
            part.force(false);
            StoredBlob stored = digest.end(key, version, sha256);
            part.close();
            Disk.REAL.publish(hidden(file, ".part"), file);
            // Last of all: what is said of a file is said when it is there.
            replace(FolderBlobs.note(file), stored.note(String.valueOf(file.getFileName())));
            Files.deleteIfExists(hidden(file, ".state"));
            return stored;
        } catch (PoisonException e) {
            restart(Optional.empty());
            throw e;
        } catch (IOException e) {
            throw FolderBlobs.failed(e);
        }
    }

    @Override
    public void close() {
        try {
            if (part.isOpen()) {
                keepSafe();
                part.close();
            }
        } catch (IOException e) {
            throw FolderBlobs.failed(e);
        }
    }

    /** Takes over what is safe, if it is of this version, and reads it once more for its checksum. */
    private void resume() throws IOException {
        Path state = hidden(file, ".state");
        List<String> said = Files.exists(state) ? Files.readAllLines(state) : List.of();
        if (said.size() != 3 || !said.get(0).equals(version) || part.size() < Long.parseLong(said.get(2))) {
            restart(Optional.empty());
            return;
        }
        tag = said.get(1).isEmpty() ? null : said.get(1);
        safe = Long.parseLong(said.get(2));
        part.truncate(safe);
        byte[] piece = new byte[PIECE];
        for (int count = part.read(ByteBuffer.wrap(piece)); count >= 0; count = part.read(ByteBuffer.wrap(piece))) {
            digest.add(piece, count);
        }
    }

    private void keepSafe() throws IOException {
        part.force(false);
        safe = digest.length();
        replace(hidden(file, ".state"), version + "\n" + (tag == null ? "" : tag) + "\n" + safe + "\n");
    }

    private void replace(Path target, String text) throws IOException {
        Path fresh = hidden(file, ".new");
        Disk.REAL.write(fresh, 0, text.getBytes(StandardCharsets.UTF_8));
        Disk.REAL.publish(fresh, target);
    }

    private static Path hidden(Path file, String ending) {
        return file.resolveSibling("." + file.getFileName() + ending);
    }

    private static boolean locked(FileChannel part) throws IOException {
        try {
            return part.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
