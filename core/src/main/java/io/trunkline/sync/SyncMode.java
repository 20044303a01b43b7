package io.trunkline.sync;

/** How much of a feed a run reads. */
public enum SyncMode {
    /** What has changed since the last run. */
    INCREMENTAL,
    /**
     * Everything, from the beginning; what was there in the run before and is not there now counts as deleted. For
     * platforms that do not tell deletions, and for files that are replaced as a whole.
     */
    FULL
}
