package io.trunkline.testkit;

import io.trunkline.Trunkline;
import io.trunkline.checks.AttemptLedger;
import io.trunkline.resilience.Attempt;
import io.trunkline.resilience.CallListener;

/** The library with everything it sends on record, so that a hidden repeat fails the test. */
public final class Watched {

    private Watched() {}

    /** A builder whose attempts go into the ledger of the test run. */
    public static Trunkline.Builder trunkline() {
        return Trunkline.builder().listener(new CallListener() {
            @Override
            public void attempt(Attempt attempt) {
                if (attempt.sent()) {
                    AttemptLedger.shared().attempted(attempt.origin());
                }
            }
        });
    }
}
