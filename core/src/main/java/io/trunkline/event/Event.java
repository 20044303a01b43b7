package io.trunkline.event;

/**
 * Something that happened at a platform. The library's own kinds are the records of this package; a connector may bring
 * kinds of its own. Immutable.
 */
public interface Event {

    /** Who says so, when, and what it belongs to. */
    EventHeader header();
}
