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
 * Reads {@code Sforce-Limit-Info: api-usage=18/5000}. The quota is of the last 24 hours and has no end of its own, so a
 * connection that runs low holds bulk calls back for five minutes at a time.
 */
final class SalesforceUsage implements RateReader {

    private static final Pattern USAGE = Pattern.compile("(?:^|[; ])api-usage=(\\d{1,9})/(\\d{1,9})");
    private static final Duration PAUSE = Duration.ofMinutes(5);

    @Override
    public Optional<RateWindow> read(HttpHeaders headers, Instant now) {
        Matcher usage = USAGE.matcher(headers.first("Sforce-Limit-Info").orElse(""));
        if (!usage.find()) {
            return Optional.empty();
        }
        long limit = Long.parseLong(usage.group(2));
        long remaining = limit - Long.parseLong(usage.group(1));
        return Optional.of(new RateWindow(Math.max(0, remaining), limit, now.plus(PAUSE)));
    }
}
