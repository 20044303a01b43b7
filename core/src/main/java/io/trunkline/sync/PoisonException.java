package io.trunkline.sync;

/** One record cannot be taken over, now or later; the run puts it aside and goes on with the others. */
public final class PoisonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A record is not fit.
     *
     * @param reason what is wrong with it, naming the field but not its value
     */
    public PoisonException(String reason) {
        super(reason);
    }
}
