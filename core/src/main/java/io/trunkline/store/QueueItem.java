package io.trunkline.store;

import java.time.Instant;

/**
 * One item of an {@link OrderedQueue}.
 *
 * @param id unique in its queue, rising
 * @param entity whose order it belongs to
 * @param payload the bytes
 * @param attempts how often it was taken
 * @param failures how often it has failed, or whoever took it did not come back
 * @param addedAt when it was added
 * @param notBefore when it may be worked on (again)
 * @param reason why the last attempt failed or it was put aside; empty if nothing has gone wrong
 */
public record QueueItem(
        long id,
        String entity,
        byte[] payload,
        int attempts,
        int failures,
        Instant addedAt,
        Instant notBefore,
        String reason) {

    /** Id and attempts: payload and entity may be personal data. */
    @Override
    public String toString() {
        return "QueueItem[" + id + ", attempts " + attempts + "]";
    }
}
