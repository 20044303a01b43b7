package io.trunkline.checks;

import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test in which a server saw a request that the library did not record. Registered in every module. */
public final class HiddenRetries implements BeforeEachCallback, AfterEachCallback {

    /** Made by the test engine. */
    public HiddenRetries() {}

    /** Opens new books. */
    @Override
    public void beforeEach(ExtensionContext context) {
        AttemptLedger.shared().clear();
    }

    /** Compares both sides. */
    @Override
    public void afterEach(ExtensionContext context) {
        Map<Integer, String> differences = AttemptLedger.shared().differences();
        if (!differences.isEmpty()) {
            throw new AssertionError("requests that nobody recorded, by port: " + differences);
        }
    }
}
