package io.trunkline.operator;

/** How an item stands. */
public enum ItemState {
    /** It waits for its turn, or is in work. */
    WAITING,
    /** It has failed and is tried again. */
    FAILING,
    /** It was put aside for a person to decide. */
    DEAD
}
