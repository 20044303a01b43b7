package io.trunkline.crm.requesttracker;

import io.trunkline.value.Secret;
import io.trunkline.webhook.StandardWebhooks;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the settings' values must be; the messages never repeat what they were. */
final class RequestTrackerParsers {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private RequestTrackerParsers() {}

    static URI address(String text) {
        try {
            URI address = new URI(text.strip());
            boolean secure = "https".equalsIgnoreCase(address.getScheme());
            boolean local = "http".equalsIgnoreCase(address.getScheme()) && THIS_MACHINE.contains(address.getHost());
            boolean plain = address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null;
            if (address.getHost() == null || !(secure || local) || !plain) {
                throw new IllegalArgumentException("must be an https address without user and query");
            }
            return address;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be an absolute web address");
        }
    }

    /** The address as a folder, so that paths are added to it. */
    static URI folder(URI address) {
        String text = address.toString();
        return text.endsWith("/") ? address : URI.create(text + "/");
    }

    static String name(String text) {
        return TicketSql.name(text.strip());
    }

    static Secret secret(String text) {
        Secret secret = Secret.of(text.strip());
        StandardWebhooks.secrets(List.of(secret));
        return secret;
    }

    static String region(String text) {
        String region = text.strip().toUpperCase(Locale.ROOT);
        if (!region.equals("ZZ") && !Arrays.asList(Locale.getISOCountries()).contains(region)) {
            throw new IllegalArgumentException("must be a region of ISO 3166-1, such as US");
        }
        return region;
    }

    static String fields(String text) {
        RequestTrackerFields.parse(text);
        return text;
    }
}
