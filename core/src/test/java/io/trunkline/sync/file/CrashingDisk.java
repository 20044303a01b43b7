package io.trunkline.sync.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A disk whose process ends in the middle of its work: at one step, and from then on nothing works. */
final class CrashingDisk implements Disk {

    enum Moment {
        BEFORE,
        HALF,
        AFTER
    }

    private final int last;
    private final Moment moment;
    private int step;

    CrashingDisk(int last, Moment moment) {
        this.last = last;
        this.moment = moment;
    }

    boolean crashed() {
        return step >= last;
    }

    @Override
    public void write(Path file, long at, byte[] bytes) throws IOException {
        begin();
        if (step == last && moment == Moment.HALF) {
            Disk.super.write(file, at, Arrays.copyOf(bytes, bytes.length / 2));
            throw new IOException("killed");
        }
        Disk.super.write(file, at, bytes);
        end();
    }

    @Override
    public void publish(Path file, Path name) throws IOException {
        begin();
        Disk.super.publish(file, name);
        end();
    }

    private void begin() throws IOException {
        step++;
        if (step > last || (step == last && moment == Moment.BEFORE)) {
            throw new IOException("killed");
        }
    }

    private void end() throws IOException {
        if (step == last) {
            throw new IOException("killed");
        }
    }
}
