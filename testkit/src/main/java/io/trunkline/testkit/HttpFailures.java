package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trunkline.Trunkline;
import io.trunkline.checks.Leaks;
import io.trunkline.connector.Client;
import io.trunkline.error.AuthenticationException;
import io.trunkline.error.ConnectorException;
import io.trunkline.error.RetryLaterException;
import io.trunkline.value.CallOptions;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Fails every declared use of a client in the ways in which web platforms fail, and wants a typed error each time. */
final class HttpFailures {

    private static final Duration WITHIN = Duration.ofSeconds(2);

    private record Case(String name, Fault fault, Class<? extends ConnectorException> expected, boolean readsOnly) {}

    private static final List<Case> CASES = List.of(
            new Case("401", Fault.status(401), AuthenticationException.class, false),
            new Case("429 for an hour", Fault.throttled("3600"), RetryLaterException.class, false),
            new Case("500", Fault.status(500), ConnectorException.class, false),
            new Case("a web page with 200", Fault.webPage(), ConnectorException.class, true),
            new Case("half a JSON document", half(), ConnectorException.class, true));

    private final FakePlatform platform;
    private final Supplier<Trunkline> opened;

    HttpFailures(FakePlatform platform, Supplier<Trunkline> opened) {
        this.platform = platform;
        this.opened = opened;
    }

    /** Each failure meets a connection of its own, so that no breaker stands before the next. */
    <C extends Client<C>> void areTyped(Class<C> type, Iterable<Probe<C>> probes) {
        for (Probe<C> probe : probes) {
            for (Case failure : CASES) {
                if (probe.reads() || !failure.readsOnly()) {
                    isTyped(type, probe, failure);
                }
            }
        }
    }

    private <C extends Client<C>> void isTyped(Class<C> type, Probe<C> probe, Case failure) {
        try (Trunkline own = opened.get()) {
            String name = own.connections().iterator().next();
            C client = own.client(type, name);
            if (client.can(probe.capability())) {
                own.verify(name, Duration.ofSeconds(10));
                platform.always(failure.fault());
                C bounded = client.with(CallOptions.within(WITHIN));
                Leaks.saw(assertThrows(
                        failure.expected(),
                        () -> probe.use().accept(bounded),
                        () -> probe.capability() + " after " + failure.name()));
            }
        } finally {
            platform.always(Fault.none());
        }
    }

    private static Fault half() {
        return Fault.answer(200, "application/json", "{\"id\":\"1");
    }
}
