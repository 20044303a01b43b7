package io.trunkline.http;

/** What repeating an operation would do. */
public enum Effect {
    /** It only reads. */
    SAFE,
    /** One effect however often it arrives. */
    IDEMPOTENT,
    /** Each arrival has an effect. */
    ONCE;

    /** Whether it may be repeated although the first attempt may have arrived. */
    public boolean repeatable() {
        return this != ONCE;
    }
}
