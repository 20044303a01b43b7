package io.trunkline.simulation;

/** The end of a simulated process: nothing that runs in it can do anything any more. */
public final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    Crash() {
        super("the process has ended", null, false, false);
    }
}
