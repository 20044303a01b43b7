package io.trunkline.messaging;

/** A mailbox under watch until it is closed. */
public interface MailWatch extends AutoCloseable {

    /** Whether it still watches; false after {@link #close} or a failure that it could not mend. */
    boolean watching();

    /** Ends the watch; no batch is given afterwards. */
    @Override
    void close();
}
