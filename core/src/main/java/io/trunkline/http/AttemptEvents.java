package io.trunkline.http;

import okhttp3.Call;
import okhttp3.EventListener;

/** Tells the attempt when its request begins to leave, and the resolver whose deadline it works under. */
final class AttemptEvents extends EventListener {

    private final DeadlineDns dns;

    AttemptEvents(DeadlineDns dns) {
        this.dns = dns;
    }

    @Override
    public void dnsStart(Call call, String domainName) {
        AttemptState state = call.request().tag(AttemptState.class);
        if (state != null) {
            dns.enter(state.deadline());
        }
    }

    @Override
    public void requestHeadersStart(Call call) {
        AttemptState state = call.request().tag(AttemptState.class);
        if (state != null) {
            state.markSent();
        }
    }
}
