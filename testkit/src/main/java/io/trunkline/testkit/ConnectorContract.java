package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Leaks;
import io.trunkline.connector.Capability;
import io.trunkline.connector.ConnectorDescriptor;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.error.AuthenticationException;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.error.UnsupportedCapabilityException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every connector over HTTP must do, whatever its clients. A subclass starts its fake platform and says how to
 * connect to it.
 */
@Timeout(120)
public abstract class ConnectorContract {

    private FakePlatform platform;
    private Trunkline trunkline;

    /** For subclasses. */
    protected ConnectorContract() {}

    /** Starts the platform with its routes, among them one that {@code verify} asks. */
    protected abstract FakePlatform start();

    /** How to connect to the platform with a good credential, planted as a canary. */
    protected abstract ConnectorSetup setup(FakePlatform started);

    /** Starts both. */
    @BeforeEach
    final void open() {
        platform = start();
        trunkline = Watched.trunkline().connect("subject", setup(platform)).build();
    }

    /** Stops both. */
    @AfterEach
    final void stop() {
        trunkline.close();
        platform.close();
    }

    /** The running platform. */
    protected final FakePlatform platform() {
        return platform;
    }

    /** The library with the connection {@code subject}. */
    protected final Trunkline trunkline() {
        return trunkline;
    }

    /** The connection's client of a kind. */
    protected final <C> C client(Class<C> type) {
        return trunkline.client(type, "subject");
    }

    @Test
    final void descriptor_settings_haveHelpAndNoSecretDefault() {
        ConnectorDescriptor descriptor = trunkline.descriptor("subject");
        descriptor.settings().forEach(setting -> {
            assertFalse(setting.help().isBlank(), setting.name());
            assertFalse(setting.secret() && setting.defaultValue().isPresent(), setting.name());
        });
        assertTrue(descriptor.documentation().isPresent());
    }

    @Test
    final void open_withoutSettings_namesEveryRequiredOne() {
        ConnectorSetup bare = ConnectorSetup.of(setup(platform).provider());
        Set<String> required = new TreeSet<>();
        bare.provider().descriptor().settings().stream()
                .filter(setting -> setting.required())
                .forEach(setting -> required.add(setting.name()));
        if (required.isEmpty()) {
            return;
        }

        ConfigurationException thrown = assertThrows(
                ConfigurationException.class,
                () -> Watched.trunkline().connect("bare", bare).build());

        required.forEach(name -> assertTrue(String.valueOf(thrown.getMessage()).contains(name), name));
    }

    @Test
    final void verify_goodCredential_saysWhose() {
        assertFalse(trunkline.verify("subject", Duration.ofSeconds(10)).isBlank());
    }

    @Test
    final void verify_credentialRefused_isAnAuthenticationError() {
        assertTrue(trunkline.verify("subject", Duration.ofSeconds(10)).length() > 0);
        platform.next(Fault.status(401), Fault.status(401), Fault.status(401));

        Leaks.saw(
                assertThrows(AuthenticationException.class, () -> trunkline.verify("subject", Duration.ofSeconds(10))));
    }

    @Test
    final void verify_throttledForAnHour_saysWhenToRetryAndDoesNotWait() {
        trunkline.verify("subject", Duration.ofSeconds(10));
        platform.next(Fault.throttled("3600"));

        RetryLaterException thrown =
                assertThrows(RetryLaterException.class, () -> trunkline.verify("subject", Duration.ofSeconds(20)));

        assertTrue(thrown.context().retryAt().isPresent());
    }

    @Test
    final void verify_webPageWithStatus200_isAnErrorNotAnAnswer() {
        trunkline.verify("subject", Duration.ofSeconds(10));
        platform.next(Fault.webPage(), Fault.webPage(), Fault.webPage());

        assertThrows(ConnectorException.class, () -> trunkline.verify("subject", Duration.ofSeconds(10)));
    }

    @Test
    final void verify_silentPlatform_endsAtTheDeadline() {
        trunkline.verify("subject", Duration.ofSeconds(10));
        platform.next(Fault.silence(), Fault.silence(), Fault.silence());
        long start = System.nanoTime();

        assertThrows(RetryLaterException.class, () -> trunkline.verify("subject", Duration.ofMillis(500)));

        assertTrue(System.nanoTime() - start < Duration.ofSeconds(8).toNanos());
    }

    @Test
    final void everything_printed_holdsNoSecret() {
        Leaks.printed(trunkline.descriptor("subject"));
        Leaks.printed(setup(platform).settings());
        assertDoesNotThrow(() -> Leaks.printed(trunkline.health("subject")));
    }

    /** Declared works and asks the platform; undeclared throws before any request. */
    final <C> void declaredWorksUndeclaredThrows(Class<C> type, Set<Capability> declared, Iterable<Probe<C>> probes) {
        for (Probe<C> probe : probes) {
            int before = platform.count();
            C client = client(type);
            if (declared.contains(probe.capability())) {
                probe.use().accept(client);
                assertTrue(platform.count() > before, probe.capability() + " asked nobody");
            } else {
                assertThrows(
                        UnsupportedCapabilityException.class,
                        () -> probe.use().accept(client),
                        probe.capability()::toString);
                assertEquals(before, platform.count(), probe.capability() + " sent a request");
            }
        }
    }
}
