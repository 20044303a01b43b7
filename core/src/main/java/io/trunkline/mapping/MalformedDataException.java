package io.trunkline.mapping;

/** Data that is not what it should be. The message says where and what kind, and repeats nothing of the data. */
public final class MalformedDataException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 200;

    /** A problem, described without the data. */
    public MalformedDataException(String message) {
        super(message.length() > LONGEST ? message.substring(0, LONGEST) : message);
    }
}
