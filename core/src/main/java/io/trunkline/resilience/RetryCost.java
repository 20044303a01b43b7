package io.trunkline.resilience;

/** What a retry takes from the budget: the AWS SDKs' weights, by which an outage buys at most 35 retries. */
public enum RetryCost {
    /** After an outage, a broken connection or a timeout. */
    TRANSIENT(14),
    /** After the platform asked for fewer calls. */
    THROTTLED(5);

    private final int tokens;

    RetryCost(int tokens) {
        this.tokens = tokens;
    }

    /** Tokens taken from the budget. */
    public int tokens() {
        return tokens;
    }
}
