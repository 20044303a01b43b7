package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.checks.Leaks;
import io.trunkline.connector.Capability;
import io.trunkline.connector.Client;
import io.trunkline.connector.ConnectorDescriptor;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.UnsupportedCapabilityException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every connector must do, over whatever wire or none. A subclass starts what it talks to and says how to connect.
 *
 * @param <P> what it talks to; {@link RunningPlatform#none()} for work in this process
 */
@Timeout(120)
public abstract class ConnectionContract<P extends RunningPlatform> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private P platform;
    private Trunkline trunkline;

    /** For subclasses. */
    protected ConnectionContract() {}

    /** Starts the platform. Called once a test, before anything else. */
    protected abstract P start();

    /** How to connect to the platform with a good credential, planted as a canary. */
    protected abstract ConnectorSetup setup(P started);

    /** Starts both. */
    @BeforeEach
    final void open() {
        platform = start();
        trunkline = opened("subject");
    }

    /** Stops both. */
    @AfterEach
    final void stop() {
        trunkline.close();
        platform.close();
    }

    /** The running platform. */
    protected final P platform() {
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

    /** The client of a kind; skips the test if the connector does not declare all that the test needs. */
    final <C extends Client<C>> C offering(Class<C> type, Capability... needed) {
        C client = client(type);
        for (Capability capability : needed) {
            Assumptions.assumeTrue(client.can(capability), () -> capability + " is not declared");
        }
        return client;
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
        Assumptions.assumeFalse(required.isEmpty(), "nothing is required");

        ConfigurationException thrown = assertThrows(
                ConfigurationException.class,
                () -> Watched.trunkline().connect("bare", bare).build());

        required.forEach(name -> assertTrue(String.valueOf(thrown.getMessage()).contains(name), name));
    }

    @Test
    final void open_goodSettings_asksNobody() {
        assertEquals(0, platform.count());
    }

    @Test
    final void verify_goodCredential_saysWhose() {
        assertFalse(trunkline.verify("subject", PATIENCE).isBlank());
    }

    @Test
    final void verify_silentPlatform_endsAtTheDeadline() {
        Assumptions.assumeTrue(platform.remote(), "works in this process");
        trunkline.verify("subject", PATIENCE);
        platform.silence();
        long start = System.nanoTime();

        Leaks.saw(assertThrows(ConnectorException.class, () -> trunkline.verify("subject", Duration.ofMillis(500))));

        Probe.assertSoon(start);
    }

    @Test
    final void close_twice_isQuietAndNothingIsAskedAfterwards() {
        Trunkline closed = opened("closed");
        closed.close();
        assertDoesNotThrow(closed::close);
        Assumptions.assumeTrue(platform.remote(), "works in this process");
        int before = platform.count();

        RuntimeException thrown =
                assertThrows(RuntimeException.class, () -> closed.verify("closed", PATIENCE), "served when closed");

        assertTrue(thrown instanceof ConnectorException || thrown instanceof IllegalStateException, thrown::toString);
        assertEquals(before, platform.count(), "asked after it was closed");
    }

    @Test
    final void everything_printed_holdsNoSecret() {
        Leaks.printed(trunkline.descriptor("subject"));
        Leaks.printed(setup(platform).settings());
        assertDoesNotThrow(() -> Leaks.printed(trunkline.health("subject")));
    }

    /** Another connection to the same platform, to be closed by the caller. */
    final Trunkline opened(String name) {
        return Watched.trunkline().connect(name, setup(platform)).build();
    }

    /** Declared works and asks the platform; undeclared throws before any request. */
    final <C extends Client<C>> void declaredWorksUndeclaredThrows(Class<C> type, Iterable<Probe<C>> probes) {
        C client = client(type);
        Set<?> declared = trunkline.descriptor("subject").capabilities();
        assertTrue(declared.containsAll(client.capabilities()), "the client can more than its connector declares");
        for (Probe<C> probe : probes) {
            int before = platform.count();
            if (client.can(probe.capability())) {
                probe.use().accept(client);
                assertTrue(platform.count() > before || !platform.remote(), probe.capability() + " asked nobody");
            } else {
                assertThrows(
                        UnsupportedCapabilityException.class,
                        () -> probe.use().accept(client),
                        probe.capability()::toString);
                assertEquals(before, platform.count(), probe.capability() + " sent a request");
            }
        }
    }

    /** Bad input is refused, as the caller's mistake, before anything is sent. */
    final void refusedUnsent(String what, Runnable bad) {
        int before = platform.count();
        Probe.assertRefused(what, bad);
        assertEquals(before, platform.count(), what + " was sent");
    }

    /** What is declared ends at its deadline when the platform falls silent. The platform stays silent. */
    final <C extends Client<C>> void deadlinesHold(Class<C> type, Iterable<Probe<C>> probes) {
        Assumptions.assumeTrue(platform.remote(), "works in this process");
        platform.silence();
        for (Probe<C> probe : probes) {
            probe.endsAtTheDeadline(client(type));
        }
    }
}
