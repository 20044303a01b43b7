package io.trunkline.http;

import java.io.IOException;

/** The class of a transport failure without its text, which may repeat what was sent; keeps the stack of the original. */
final class TransportException extends IOException {

    private static final long serialVersionUID = 1L;

    TransportException(Exception original) {
        super(original.getClass().getSimpleName());
        setStackTrace(original.getStackTrace());
    }
}
