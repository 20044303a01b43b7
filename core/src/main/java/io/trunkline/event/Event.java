package io.trunkline.event;

/**
 * Something that happened at a platform. The library's own kinds are the records of this package; a connector may bring
 * kinds of its own. Immutable.
 */
public interface Event {

    /** Who says so, when, and what it belongs to. */
    EventHeader header();

    /** Whether it tells how something is now, so that it is worth nothing once a newer one was handled. */
    default boolean tellsState() {
        return false;
    }
}
