package io.trunkline.webhook.subscription;

import java.net.URI;
import java.util.List;

/**
 * How subscriptions are kept at one platform. Offered by a connection as a client; what there is to decide is decided by
 * {@link Subscriptions}. Failures are the connector's usual exceptions. Thread-safe.
 */
public interface SubscriptionApi {

    /** The name of the connection. */
    String connection();

    /** All subscriptions of this application at the platform, all pages of them, with the addresses as they were given. */
    List<Subscription> list();

    /** Makes one. An operation that must not happen twice: a connector marks it {@code @Once}. */
    Subscription create(URI address, String topic);

    /**
     * Puts the end of one off; one that has none stays as it is.
     *
     * @throws io.trunkline.error.NotFoundException if it is not there any more
     */
    default Subscription renew(Subscription subscription) {
        return subscription;
    }

    /**
     * Removes one.
     *
     * @throws io.trunkline.error.NotFoundException if it is not there any more
     */
    void remove(Subscription subscription);
}
