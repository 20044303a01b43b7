package io.trunkline.examples.incomingcall;

/** The command line asks for something that cannot be done; the message is for the person who typed it. */
final class BadOrderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadOrderException(String message) {
        super(message);
    }
}
