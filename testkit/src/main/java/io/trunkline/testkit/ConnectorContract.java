package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Leaks;
import io.trunkline.connector.Client;
import io.trunkline.error.AuthenticationException;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.RetryLaterException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What every connector over HTTP must do, whatever its clients. A subclass starts its fake platform, with a route that
 * {@code verify} asks, and says how to connect to it.
 */
public abstract class ConnectorContract extends ConnectionContract<FakePlatform> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** For subclasses. */
    protected ConnectorContract() {}

    @Test
    final void verify_credentialRefused_isAnAuthenticationError() {
        assertTrue(trunkline().verify("subject", PATIENCE).length() > 0);
        platform().always(Fault.status(401));

        Leaks.saw(assertThrows(AuthenticationException.class, () -> trunkline().verify("subject", PATIENCE)));
    }

    @Test
    final void verify_throttledForAnHour_saysWhenToRetryAndDoesNotWait() {
        trunkline().verify("subject", PATIENCE);
        platform().next(Fault.throttled("3600"));

        RetryLaterException thrown =
                assertThrows(RetryLaterException.class, () -> trunkline().verify("subject", Duration.ofSeconds(20)));

        assertTrue(thrown.context().retryAt().isPresent());
    }

    @Test
    final void verify_throttledInEveryForm_isBelievedOnlyWhereItCanBe() {
        for (RetryAfterForm form : RetryAfterForm.values()) {
            try (Trunkline own = opened("throttled")) {
                own.verify("throttled", PATIENCE);
                int before = platform().count();
                platform().always(form.fault());

                RetryLaterException thrown = assertThrows(
                        RetryLaterException.class,
                        () -> own.verify("throttled", Duration.ofMillis(300)),
                        form::toString);

                if (form.readable()) {
                    assertTrue(thrown.context().retryAt().isPresent(), form::toString);
                    assertEquals(before + 1, platform().count(), () -> form + " was not waited for");
                }
            } finally {
                platform().always(Fault.none());
            }
        }
    }

    @Test
    final void verify_webPageWithStatus200_isAnErrorNotAnAnswer() {
        trunkline().verify("subject", PATIENCE);
        platform().always(Fault.webPage());

        assertThrows(ConnectorException.class, () -> trunkline().verify("subject", PATIENCE));
    }

    /** What is declared fails by typed errors when the platform refuses, stumbles or talks nonsense. */
    final <C extends Client<C>> void failuresAreTyped(Class<C> type, Iterable<Probe<C>> probes) {
        new HttpFailures(platform(), () -> opened("subject")).areTyped(type, probes);
    }
}
