package io.trunkline.event;

/**
 * A customer no longer wants messages on a channel, or wants them again.
 *
 * @param header who says so and when
 * @param channel such as {@code sms}
 * @param address the customer's address on the channel
 * @param optedOut whether messages are unwanted now
 */
public record OptOutChanged(EventHeader header, String channel, String address, boolean optedOut) implements Event {

    /** Channel and state: the address is personal. */
    @Override
    public String toString() {
        return "OptOutChanged[" + channel + " " + (optedOut ? "out" : "in") + "]";
    }
}
