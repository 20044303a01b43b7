package io.trunkline.event;

/**
 * How far a message has come. Progress only: a later report of an earlier stage changes nothing, and failure is final
 * unless the message was already delivered.
 */
public enum DeliveryStatus {
    /** The platform has it. */
    QUEUED(1),
    /** It has left the platform. */
    SENT(2),
    /** It has reached the device or mailbox. */
    DELIVERED(3),
    /** It was opened. */
    READ(4),
    /** It will not arrive. */
    FAILED(5),
    /** It was taken back before it was sent. */
    CANCELLED(5);

    private final int rank;

    DeliveryStatus(int rank) {
        this.rank = rank;
    }

    /** Whether nothing can follow. */
    public boolean terminal() {
        return this == READ || rank == FAILED.rank;
    }

    /** The status after a report: the further one, so that repeated and late reports do no harm. */
    public DeliveryStatus then(DeliveryStatus reported) {
        if (rank == FAILED.rank) {
            return this;
        }
        boolean delivered = this == DELIVERED || this == READ;
        if (reported.rank == FAILED.rank) {
            return delivered ? this : reported;
        }
        return reported.rank > rank ? reported : this;
    }
}
