package io.trunkline.webhook;

import io.trunkline.event.Event;

/**
 * What the application does with one kind of event. May be called again for the same event after a failure, so it marks
 * what it has done with the event's id.
 *
 * @param <E> the kind
 */
@FunctionalInterface
public interface EventHandler<E extends Event> {

    /**
     * Handles the event; returning means that it is done.
     *
     * @throws Exception if it is to be tried again later
     */
    void handle(E event) throws Exception;
}
