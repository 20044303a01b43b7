package io.trunkline.connector;

import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.http.Endpoints;
import io.trunkline.http.HttpConnectionSettings;
import io.trunkline.resilience.RateLimit;
import io.trunkline.resilience.ResilienceSettings;
import io.trunkline.value.CallOptions;
import io.trunkline.value.Deadline;
import io.trunkline.value.Lane;
import io.trunkline.value.Secret;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
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

    /** The certificate that this side shows in TLS, for platforms that ask for one. */
    public static final Setting<String> CLIENT_CERTIFICATE = Setting.text(
                    "client-certificate", "File (PKCS #12) with the certificate and key that this side shows in TLS.")
            .optional();

    /** The password of that file. */
    public static final Setting<Secret> CLIENT_CERTIFICATE_PASSWORD = Setting.secret(
                    "client-certificate-password", "Password of the file of the client certificate.")
            .optional();

    /** Canonical names of custom fields, as {@code FieldMapping} reads them. */
    public static final Setting<String> FIELDS = Setting.text(
                    "fields", "Custom fields: host's name = platform's name : type = default; separated by semicolons.")
            .optional();

    private CommonSettings() {}

    /** All settings of the transport: address, times, limits and client certificate. */
    public static List<Setting<?>> transport() {
        return List.of(
                BASE_URL,
                TIMEOUT,
                BULK_TIMEOUT,
                CALLS_PER_SECOND,
                CONCURRENT_CALLS,
                CLIENT_CERTIFICATE,
                CLIENT_CERTIFICATE_PASSWORD);
    }

    /**
     * Begins the transport of a connection as these settings want it; unset parts are the connector's to add.
     *
     * @throws io.trunkline.error.ConfigurationException if the client certificate cannot be read
     */
    public static HttpConnectionSettings.Builder http(
            ConnectorSettings settings, ConnectorRuntime runtime, URI defaultAddress) {
        Endpoints endpoints = Endpoints.of(settings.find(BASE_URL).orElse(List.of(defaultAddress)), runtime.time());
        HttpConnectionSettings.Builder http = HttpConnectionSettings.builder(runtime.connection(), endpoints)
                .timeouts(settings.get(TIMEOUT), settings.get(BULK_TIMEOUT))
                .resilience(resilience(settings));
        char[] password = settings.find(CLIENT_CERTIFICATE_PASSWORD)
                .map(Secret::reveal)
                .orElse("")
                .toCharArray();
        settings.find(CLIENT_CERTIFICATE)
                .ifPresent(file -> http.clientCertificate(keys(file, password, runtime.connection()), password));
        return http;
    }

    /** When calls must have ended that are made together from now on, by these settings and the caller's options. */
    public static Deadline end(ConnectorSettings settings, ConnectorRuntime runtime, CallOptions options) {
        Setting<Duration> usual = options.lane() == Lane.BULK ? BULK_TIMEOUT : TIMEOUT;
        return options.end(settings.get(usual), runtime.time());
    }

    private static KeyStore keys(String file, char[] password, String connection) {
        try {
            return KeyStore.getInstance(new File(file), password);
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigurationException(
                    "client-certificate cannot be read: it must be a PKCS #12 file, and its password must fit",
                    ErrorContext.of(connection, "open", ErrorKind.CONFIGURATION),
                    null);
        }
    }

    private static ResilienceSettings resilience(ConnectorSettings settings) {
        return ResilienceSettings.DEFAULT
                .concurrentCalls(settings.get(CONCURRENT_CALLS))
                .rateLimit(settings.find(CALLS_PER_SECOND)
                        .map(RateLimit::perSecond)
                        .orElse(null));
    }
}
