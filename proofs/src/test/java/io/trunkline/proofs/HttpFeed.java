package io.trunkline.proofs;

import io.trunkline.connector.Capability;
import io.trunkline.mapping.Json;
import io.trunkline.sync.Change;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.sync.ChangePage;
import io.trunkline.sync.SyncCursor;
import io.trunkline.value.CallOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The changes of a {@link Platform}, over HTTP. */
record HttpFeed(URI platform, Probe probe) implements ChangeFeed {

    private static final int PATIENCE_MILLIS = 20_000;

    @Override
    public ChangePage read(String type, Optional<SyncCursor> from, int limit) {
        String start = from.map(SyncCursor::text).orElse("0");
        Steps.at(probe, "feed.read.before");
        Map<String, Object> answer =
                Json.object(call(platform.resolve("/changes?from=" + start + "&limit=" + limit), null));
        Steps.at(probe, "feed.read.after");
        List<Change> changes = new ArrayList<>();
        for (Object each : (List<?>) answer.get("changes")) {
            Map<?, ?> change = (Map<?, ?>) each;
            changes.add(NumberFeed.change((String) change.get("id"), ((Long) change.get("number")).intValue()));
        }
        return new ChangePage(
                changes, new SyncCursor(answer.get("next").toString()), Boolean.TRUE.equals(answer.get("more")));
    }

    /** One request, which is never repeated by itself ({@code sun.net.http.retryPost} is off). */
    static byte[] call(URI uri, String body) {
        try {
            HttpURLConnection call = (HttpURLConnection) uri.toURL().openConnection();
            call.setConnectTimeout(PATIENCE_MILLIS);
            call.setReadTimeout(PATIENCE_MILLIS);
            if (body != null) {
                call.setDoOutput(true);
                call.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            try (var in = call.getInputStream()) {
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Set<String> types() {
        return Set.of(NumberFeed.TYPE);
    }

    @Override
    public String connection() {
        return "platform";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(READ);
    }

    @Override
    public ChangeFeed with(CallOptions options) {
        return this;
    }
}
