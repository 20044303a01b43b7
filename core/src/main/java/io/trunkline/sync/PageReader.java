package io.trunkline.sync;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pages of one stream: on the caller's thread, or, where the job has an executor for it, the next one there while the
 * caller is busy with the last. What was read ahead and is not asked for any more is forgotten.
 */
final class PageReader implements AutoCloseable {

    private final SyncJob job;
    private final ChangeFeed feed;
    private @Nullable FutureTask<ChangePage> ahead;

    PageReader(SyncJob job, ChangeFeed feed) {
        this.job = job;
        this.feed = feed;
    }

    /** The page after a cursor: that of the last page, or the very first. */
    ChangePage read(Optional<SyncCursor> cursor) {
        ChangePage page = ahead == null ? page(cursor) : awaited(ahead);
        ahead = null;
        if (page.more() && !Optional.of(page.next()).equals(cursor)) {
            job.ahead().ifPresent(executor -> {
                FutureTask<ChangePage> next = new FutureTask<>(() -> page(Optional.of(page.next())));
                ahead = next;
                executor.execute(next);
            });
        }
        return page;
    }

    @Override
    public void close() {
        if (ahead != null) {
            ahead.cancel(true);
        }
    }

    private ChangePage page(Optional<SyncCursor> cursor) {
        return feed.read(job.type(), cursor, job.batch());
    }

    private static ChangePage awaited(FutureTask<ChangePage> page) {
        try {
            return page.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("the page could not be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the run was interrupted");
        }
    }
}
