package io.trunkline.sync;

import java.util.Optional;

/** What becomes of a record on its way from a platform to a sink. Deleted records pass it without fields. */
@FunctionalInterface
public interface Transform {

    /**
     * The record as the sink shall have it.
     *
     * @return empty if it is to be left out
     * @throws PoisonException if it cannot be taken over
     */
    Optional<Change> apply(Change record);

    /** Leaves every record as it is. */
    static Transform none() {
        return Optional::of;
    }

    /** This, and then another on what is left. */
    default Transform then(Transform next) {
        return record -> apply(record).flatMap(next::apply);
    }
}
