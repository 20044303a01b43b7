package io.trunkline.sync;

import io.trunkline.store.Store;
import io.trunkline.store.Values;
import io.trunkline.store.Versioned;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which run of a job is the newest, kept in the store: what an older one still wants to change there is refused, because
 * it stems from what was read before the newer one began.
 */
final class SyncFence {

    private static final String SPACE = "sync-fences";

    private final Store store;
    private final String job;
    private final long token;

    /** Takes a job over from runs with a smaller token. */
    SyncFence(Store store, String job, long token) {
        this.store = store;
        this.job = job;
        this.token = token;
        inside(nothing -> {});
    }

    /** That of one stream of the job, which is taken over likewise. */
    SyncFence of(String stream) {
        return new SyncFence(store, stream, token);
    }

    /** Does work in one transaction, which counts only if no other run has taken the job over. */
    void inside(Consumer<Store> work) {
        store.atomically(inside -> {
            Values fences = inside.values(SPACE);
            Optional<Versioned> before = fences.get(job);
            byte[] own = ByteBuffer.allocate(Long.BYTES).putLong(token).array();
            // Written even if it is there, so that the row is locked until the commit.
            if (newest(before) > token
                    || !fences.put(job, own, before.map(Versioned::version).orElse(Values.ABSENT), null)) {
                throw new IllegalStateException("another run has taken the job over");
            }
            work.accept(inside);
            return true;
        });
    }

    /** Whether no other run has taken the job over. */
    boolean stands() {
        return newest(store.values(SPACE).get(job)) == token;
    }

    private static long newest(Optional<Versioned> entry) {
        return entry.map(found -> ByteBuffer.wrap(found.value()).getLong()).orElse(0L);
    }
}
