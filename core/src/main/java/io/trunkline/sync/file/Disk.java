package io.trunkline.sync.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** All that is done to files, each safe on the disk when it returns; so that a test can let any of it fail. */
public interface Disk {

    /** The disk of this machine. */
    Disk REAL = new Disk() {};

    /** Writes bytes at a place of a file, made if it is not there, and cuts off what stood after them. */
    default void write(Path file, long at, byte[] bytes) throws IOException {
        boolean fresh = !Files.exists(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(at + bytes.length);
            ByteBuffer left = ByteBuffer.wrap(bytes);
            long place = at;
            while (left.hasRemaining()) {
                place += channel.write(left, place);
            }
            channel.force(false);
        }
        if (fresh) {
            settle(file);
        }
    }

    /** Gives a file its final name, in place of what has it now. */
    default void publish(Path file, Path name) throws IOException {
        Files.move(file, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        settle(name);
    }

    /** Makes a name in a folder last. Windows has no handles of folders and keeps names by itself. */
    private static void settle(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || folder.getFileSystem().getSeparator().equals("\\")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
