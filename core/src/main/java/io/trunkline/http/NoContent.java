package io.trunkline.http;

/** The body type of an operation whose answer has none, or none that matters. */
public enum NoContent {
    /** The only value. */
    INSTANCE
}
