package io.trunkline.delivery;

import java.time.Instant;

/** The work cannot be done now, but at a certain time; this does not count as one of its tries in vain. */
public final class LaterException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Instant notBefore;

    /**
     * Not now.
     *
     * @param reason what stands in the way, without personal data
     */
    public LaterException(Instant notBefore, String reason) {
        super(reason);
        this.notBefore = notBefore;
    }

    /** When it is to be tried at the earliest. */
    public Instant notBefore() {
        return notBefore;
    }
}
