package io.trunkline.http;

import io.trunkline.value.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The first address that has not failed lately; if all have, the one that failed longest ago. */
final class HealthyEndpoints implements Endpoints {

    private static final long LEFT_OUT_NANOS = Duration.ofSeconds(30).toNanos();

    private final List<URI> endpoints;
    private final TimeSource time;
    private final Map<URI, Long> failedAt = new ConcurrentHashMap<>();

    HealthyEndpoints(List<URI> endpoints, TimeSource time) {
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("endpoints must name at least one address");
        }
        this.endpoints = List.copyOf(endpoints);
        this.time = time;
    }

    @Override
    public URI choose() {
        long now = time.nanos();
        URI oldest = endpoints.get(0);
        long longest = -1;
        for (URI endpoint : endpoints) {
            Long failed = failedAt.get(endpoint);
            if (failed == null || now - failed >= LEFT_OUT_NANOS) {
                return endpoint;
            }
            if (now - failed > longest) {
                longest = now - failed;
                oldest = endpoint;
            }
        }
        return oldest;
    }

    @Override
    public void failed(URI endpoint) {
        failedAt.put(endpoint, time.nanos());
    }

    @Override
    public void answered(URI endpoint) {
        failedAt.remove(endpoint);
    }

    @Override
    public boolean owns(Origin origin) {
        return endpoints.stream().map(Origin::of).anyMatch(origin::equals);
    }
}
