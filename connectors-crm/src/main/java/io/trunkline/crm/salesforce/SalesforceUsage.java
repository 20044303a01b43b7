package io.trunkline.crm.salesforce;

import io.trunkline.http.HttpHeaders;
import io.trunkline.http.RateReader;
import io.trunkline.http.RateWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code Sforce-Limit-Info: api-usage=18/5000; per-app-api-usage=17/250(appName=desk)}. The quota is of the last 24
 * hours and has no end of its own, so a connection that runs low holds bulk calls back for five minutes at a time.
 */
final class SalesforceUsage implements RateReader {

    private static final Pattern ORG = Pattern.compile("(?:^|[;, ])api-usage=([0-9]{1,9})/([0-9]{1,9})");
    private static final Pattern APP = Pattern.compile("per-app-api-usage=([0-9]{1,9})/([0-9]{1,9})");
    private static final double LOW = 0.2;
    private static final Duration PAUSE = Duration.ofMinutes(5);

    /** The org's quota, or the app's own where that one is nearly used up. */
    @Override
    public Optional<RateWindow> read(HttpHeaders headers, Instant now) {
        String usage = headers.first("Sforce-Limit-Info").orElse("");
        return window(APP, usage, now)
                .filter(app -> app.remaining() < app.limit() * LOW)
                .or(() -> window(ORG, usage, now));
    }

    /** Past its end the platform goes on for a while, and says itself when it does not: an agent's calls are never held. */
    private static Optional<RateWindow> window(Pattern quota, String usage, Instant now) {
        Matcher found = quota.matcher(usage);
        if (!found.find()) {
            return Optional.empty();
        }
        long limit = Long.parseLong(found.group(2));
        long remaining = Math.max(1, limit - Long.parseLong(found.group(1)));
        return Optional.of(new RateWindow(remaining, limit, now.plus(PAUSE)));
    }
}
