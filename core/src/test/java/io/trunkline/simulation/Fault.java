package io.trunkline.simulation;

/** What goes wrong in a simulated world, and how often: in how many of a thousand chances. */
public enum Fault {
    /** The store refuses an operation before it does anything. */
    STORE_FAILS(8),
    /** The store does what it was asked and fails to say so. */
    STORE_FAILS_AFTERWARDS(6),
    /** The process ends before an operation of the store. */
    CRASH_BEFORE(4),
    /** The process ends after an operation of the store. */
    CRASH_AFTER(4),
    /** The other node does something between two steps of this one. */
    OTHER_NODE(30),
    /** Time leaps, so that leases and items in work expire. */
    TIME_LEAPS(10),
    /** A handler fails before it has done anything. */
    HANDLER_FAILS(60),
    /** A handler fails after it has done its work. */
    HANDLER_FAILS_AFTERWARDS(40),
    /** A handler ends in an error of the machine. */
    HANDLER_DIES(15),
    /** A handler is paused until somebody else has taken its item. */
    HANDLER_SLEEPS(20),
    /** An acknowledgement gets lost, so that the sender repeats. */
    REPLY_LOST(100),
    /** A sender repeats what was acknowledged long ago. */
    LATE_REPEAT(80),
    /** A sender tells an old event with another content. */
    OTHER_CONTENT(40),
    /** Events of one entity arrive in another order than they happened. */
    OUT_OF_ORDER(250),
    /** A platform does not give the next page. */
    FEED_FAILS(30),
    /** Records change while pages of them are read. */
    FEED_SHIFTS(120),
    /** A target refuses a batch. */
    SINK_FAILS(30),
    /** A target writes a batch and fails to say so. */
    SINK_FAILS_AFTERWARDS(30),
    /** A record that fits nowhere. */
    POISON(60);

    private final int ofThousand;

    Fault(int ofThousand) {
        this.ofThousand = ofThousand;
    }

    int ofThousand() {
        return ofThousand;
    }
}
