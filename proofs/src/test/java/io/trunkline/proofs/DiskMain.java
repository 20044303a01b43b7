package io.trunkline.proofs;

import io.trunkline.proofs.FaultyDisk.Kind;
import io.trunkline.value.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A process on a {@link FaultyDisk}: one world after the other, each with another write that fails. It prints a line a
 * world: how many steps have failed, how many requests were refused, and what is wrong.
 */
final class DiskMain {

    private DiskMain() {}

    /** Takes the kind, how many writes, and whether to acknowledge blindly. */
    public static void main(String[] args) throws Exception {
        FaultyDisk disk = FaultyDisk.of(Path.of(System.getenv(FaultyDisk.CONTROL)));
        Path folder = Path.of(System.getenv(FaultyDisk.FOLDER));
        Secret secret = Secret.of(System.getenv(StationMain.SECRET));
        for (int write = 1; write <= Integer.parseInt(args[1]); write++) {
            Path own = Files.createDirectories(folder.resolve(args[0] + write));
            try (DiskWorld world = new DiskWorld(own, secret, Boolean.parseBoolean(args[2]))) {
                System.out.println(told(world, disk, Kind.valueOf(args[0]), write));
            }
            remove(own);
        }
    }

    /** Every third world is opened on the disk that will fail, the others before. */
    private static String told(DiskWorld world, FaultyDisk disk, Kind kind, int write) throws Exception {
        boolean opened = write % 3 != 0 && world.open();
        disk.fail(kind, write);
        if (opened || world.open()) {
            world.work();
        }
        int failed = disk.mend();
        int refused = world.refused();
        return failed + " " + refused + " " + world.problems(write % 2 == 0);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
