package io.trunkline.connector;

import io.trunkline.http.Endpoints;
import io.trunkline.http.HttpConnectionSettings;
import io.trunkline.resilience.RateLimit;
import io.trunkline.resilience.ResilienceSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The settings that every connector over HTTP has, so that they are called the same everywhere. */
public final class CommonSettings {

    /** Where the platform is; a connector gives its own default. Several are tried in the order of their health. */
    public static final Setting<List<URI>> BASE_URL = Setting.urls(
                    "base-url", "Address of the platform; several of one system, comma-separated, are tried in turn.")
            .optional();

    /** How long an interactive call may take, all retries included. */
    public static final Setting<Duration> TIMEOUT = Setting.duration(
                    "timeout", "Longest time of a call somebody waits for, retries included.")
            .defaultsTo(Duration.ofSeconds(10));

    /** How long a bulk call may take, all retries included. */
    public static final Setting<Duration> BULK_TIMEOUT = Setting.duration(
                    "bulk-timeout", "Longest time of a call nobody waits for, retries included.")
            .defaultsTo(Duration.ofMinutes(2));

    /** How many calls a second the account allows; unset means what the connector knows of the platform. */
    public static final Setting<Integer> CALLS_PER_SECOND = Setting.integer(
                    "calls-per-second", 1, 10_000, "Most calls a second that this account may make.")
            .optional();

    /** How many calls may be under way at once. */
    public static final Setting<Integer> CONCURRENT_CALLS = Setting.integer(
                    "concurrent-calls", 1, 1_000, "Most calls under way at once on this connection.")
            .defaultsTo(32);

    /** Canonical names of custom fields, as {@code FieldMapping} reads them. */
    public static final Setting<String> FIELDS = Setting.text(
                    "fields", "Custom fields: host's name = platform's name : type = default; separated by semicolons.")
            .optional();

    private CommonSettings() {}

    /** All settings of the transport: address, times and limits. */
    public static List<Setting<?>> transport() {
        return List.of(BASE_URL, TIMEOUT, BULK_TIMEOUT, CALLS_PER_SECOND, CONCURRENT_CALLS);
    }

    /** Begins the transport of a connection as these settings want it; unset parts are the connector's to add. */
    public static HttpConnectionSettings.Builder http(
            ConnectorSettings settings, ConnectorRuntime runtime, URI defaultAddress) {
        Endpoints endpoints = Endpoints.of(settings.find(BASE_URL).orElse(List.of(defaultAddress)), runtime.time());
        return HttpConnectionSettings.builder(runtime.connection(), endpoints)
                .timeouts(settings.get(TIMEOUT), settings.get(BULK_TIMEOUT))
                .resilience(resilience(settings));
    }

    private static ResilienceSettings resilience(ConnectorSettings settings) {
        return ResilienceSettings.DEFAULT
                .concurrentCalls(settings.get(CONCURRENT_CALLS))
                .rateLimit(settings.find(CALLS_PER_SECOND)
                        .map(RateLimit::perSecond)
                        .orElse(null));
    }
}
