package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.trunkline.checks.Leaks;
import io.trunkline.connector.Capability;
import io.trunkline.connector.Client;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.InvalidRequestException;
import io.trunkline.value.CallOptions;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A harmless use of one capability of a client: what a contract calls to see whether it is there, and to see it fail.
 *
 * @param reads whether it gives an answer, which a broken platform then cannot give
 */
record Probe<C extends Client<C>>(Capability capability, Consumer<C> use, boolean reads) {

    private static final Duration HURRIED = Duration.ofMillis(400);
    private static final Duration SOON = Duration.ofSeconds(8);

    static <C extends Client<C>> Probe<C> reading(Capability capability, Consumer<C> use) {
        return new Probe<>(capability, use, true);
    }

    static <C extends Client<C>> Probe<C> writing(Capability capability, Consumer<C> use) {
        return new Probe<>(capability, use, false);
    }

    /** Ends by a typed error soon after its deadline; what is not declared is passed over. */
    void endsAtTheDeadline(C client) {
        if (client.can(capability)) {
            long start = System.nanoTime();
            C hurried = client.with(CallOptions.within(HURRIED));
            Leaks.saw(assertThrows(
                    ConnectorException.class, () -> use.accept(hurried), () -> capability + " without an answer"));
            assertSoon(start);
        }
    }

    static void assertSoon(long start) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(SOON) < 0, () -> "the deadline did not hold: " + took);
    }

    static void assertRefused(String what, Runnable bad) {
        try {
            bad.run();
        } catch (IllegalArgumentException | InvalidRequestException e) {
            Leaks.saw(e);
            return;
        }
        fail(what + " was not refused");
    }
}
