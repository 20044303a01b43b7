package io.trunkline.http;

import java.io.IOException;
import java.net.UnknownHostException;

/** The class of a transport failure without its text, which may repeat what was sent; keeps the stack of the original. */
final class TransportException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean unresolved;

    TransportException(Exception original) {
        super(original.getClass().getSimpleName());
        this.unresolved = original instanceof UnknownHostException;
        setStackTrace(original.getStackTrace());
    }

    /** Whether the host's name had no address. */
    boolean unresolved() {
        return unresolved;
    }
}
