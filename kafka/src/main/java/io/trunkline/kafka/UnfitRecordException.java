package io.trunkline.kafka;

/** A record holds what no topic can; the message names the field's place but not its value. */
final class UnfitRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    UnfitRecordException(String reason) {
        super(reason);
    }
}
