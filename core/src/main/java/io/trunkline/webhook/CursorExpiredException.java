package io.trunkline.webhook;

/**
 * The platform does not know a cursor any more. Reading begins anew as far back as it goes, and what may lie between is
 * told as a {@link io.trunkline.event.GapFound}.
 */
public final class CursorExpiredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A reason without anything of the cursor. */
    public CursorExpiredException(String reason) {
        super(reason);
    }
}
