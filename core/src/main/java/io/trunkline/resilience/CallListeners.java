package io.trunkline.resilience;

import io.trunkline.privacy.MaskedLog;
import java.util.List;
import java.util.function.Consumer;

/** Passes everything on to several listeners and keeps their failures to itself. */
final class CallListeners implements CallListener {

    private static final MaskedLog LOG = MaskedLog.of(CallListener.class);

    private final List<CallListener> listeners;

    CallListeners(List<CallListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void attempt(Attempt attempt) {
        each(listener -> listener.attempt(attempt));
    }

    @Override
    public void outcome(CallOutcome outcome) {
        each(listener -> listener.outcome(outcome));
    }

    @Override
    public void breaker(BreakerChange change) {
        each(listener -> listener.breaker(change));
    }

    @Override
    public void budget(BudgetChange change) {
        each(listener -> listener.budget(change));
    }

    @Override
    public void health(HealthChange change) {
        each(listener -> listener.health(change));
    }

    private void each(Consumer<CallListener> telling) {
        for (CallListener listener : listeners) {
            try {
                telling.accept(listener);
            } catch (RuntimeException | Error e) {
                LOG.warn("a call listener failed: {}", e.getClass());
            }
        }
    }
}
