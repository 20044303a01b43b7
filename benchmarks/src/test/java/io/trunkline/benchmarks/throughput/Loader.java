package io.trunkline.benchmarks.throughput;

import java.io.IOException;

/** One way to bring all contacts of an org to a target, made ready before it is timed. */
interface Loader extends AutoCloseable {

    /** Contacts of a page and rows of a batch, the same for all. */
    int PAGE = 2_000;

    /** Reads from the beginning to the end, everything safe in the target when it returns. */
    void load() throws Exception;

    @Override
    void close() throws IOException;
}
