package io.trunkline.messaging;

/**
 * A recipient that a mail did not reach: the address, the status by RFC 3463 such as {@code 5.1.1}, and whether it is for
 * good.
 */
public record DeliveryFailure(String address, String status, boolean permanent) {

    @Override
    public String toString() {
        return "DeliveryFailure[" + status + "]";
    }
}
