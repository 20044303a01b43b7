package io.trunkline.store;

/** The store could not do what was asked, and has done none of it. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what failed; the cause is the driver's. */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
