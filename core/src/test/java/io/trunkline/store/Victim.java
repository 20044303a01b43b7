package io.trunkline.store;

import io.trunkline.value.TimeSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that writes to a store until it is killed, and says after each commit which one it was. */
final class Victim {

    private Victim() {}

    /** Takes the file, the first number, and whether to say so before it is true, which the test must catch. */
    public static void main(String[] args) {
        boolean lies = Boolean.parseBoolean(args[2]);
        TimeSource time = TimeSource.system();
        Store store = JdbcStore.sqlite(Path.of(args[0]), time);
        for (int i = Integer.parseInt(args[1]); ; i++) {
            if (lies) {
                System.out.println(i + 5);
            }
            byte[] number = String.valueOf(i).getBytes(StandardCharsets.UTF_8);
            String key = "k" + i;
            store.atomically(inside -> {
                inside.values("space").put(key, number, Values.ABSENT, null);
                return inside.queue("work").add("entity", number, time.now(), null);
            });
            if (!lies) {
                System.out.println(i);
            }
        }
    }
}
