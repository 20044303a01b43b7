package io.trunkline.delivery;

/** The work cannot be done, now or later: a person must decide. */
public final class AsideException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Not at all.
     *
     * @param reason what stands in the way, without personal data
     */
    public AsideException(String reason) {
        super(reason);
    }
}
