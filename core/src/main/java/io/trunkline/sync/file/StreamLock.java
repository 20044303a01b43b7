package io.trunkline.sync.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write a stream's files, held by one writer of one process at a time: a run that has overslept its lease
 * holds it still, so that none can come between its writes.
 */
final class StreamLock implements AutoCloseable {

    /** Within the process: closing a second channel of a file would give back the system's lock on it. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private StreamLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static StreamLock take(Path file) throws IOException {
        Path place = file.toAbsolutePath().normalize();
        if (!HELD.add(place)) {
            throw taken();
        }
        boolean locked = false;
        try {
            FileChannel channel = FileChannel.open(place, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                locked = channel.tryLock() != null;
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
            if (!locked) {
                throw taken();
            }
            return new StreamLock(place, channel);
        } finally {
            if (!locked) {
                HELD.remove(place);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try {
                channel.close();
            } finally {
                HELD.remove(file);
            }
        }
    }

    private static IllegalStateException taken() {
        return new IllegalStateException("another run writes the files of this stream");
    }
}
