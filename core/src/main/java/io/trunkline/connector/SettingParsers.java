package io.trunkline.connector;

import io.trunkline.value.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From the text of a settings file to values; the messages say what must be, and never repeat what was. */
final class SettingParsers {

    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");
    private static final int HIGHEST_PORT = 65_535;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private SettingParsers() {}

    static String text(String text) {
        if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("must be a line of text without control characters");
        }
        return text.strip();
    }

    static Secret secret(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("must not be empty");
        }
        return Secret.of(text);
    }

    static URI url(String text) {
        URI url = absolute(text);
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
        boolean local = "http".equalsIgnoreCase(url.getScheme()) && THIS_MACHINE.contains(url.getHost());
        if (!secure && !local) {
            throw new IllegalArgumentException("must be an https address (http is allowed on this machine only)");
        }
        if (url.getUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("must have no user, query or fragment");
        }
        if (url.getPort() == 0 || url.getPort() > HIGHEST_PORT) {
            throw new IllegalArgumentException("must have a port between 1 and " + HIGHEST_PORT + " or none");
        }
        return url;
    }

    private static URI absolute(String text) {
        try {
            URI url = new URI(text.strip());
            if (url.getHost() == null) {
                throw new IllegalArgumentException("must be an absolute web address");
            }
            return url;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be an absolute web address");
        }
    }

    static List<URI> urls(String text) {
        List<URI> urls = Arrays.stream(text.split(",", -1))
                .map(SettingParsers::url)
                .distinct()
                .toList();
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("must name at least one address");
        }
        return urls;
    }

    static Integer integer(String text, int least, int most) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message that names the bounds.
        }
        throw new IllegalArgumentException("must be a whole number between " + least + " and " + most);
    }

    static Duration duration(String text) {
        Duration value = durationOrZero(text.strip());
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("must be a positive time such as 800ms, 5s, 2m, 1h or PT5S");
        }
        return value;
    }

    private static Duration durationOrZero(String text) {
        Matcher matcher = SHORT_DURATION.matcher(text);
        if (!matcher.matches()) {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException e) {
                return Duration.ZERO;
            }
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    static Boolean flag(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    static String region(String text) {
        String region = text.strip().toUpperCase(Locale.ROOT);
        if (!region.equals("ZZ") && !Arrays.asList(Locale.getISOCountries()).contains(region)) {
            throw new IllegalArgumentException("must be a region of ISO 3166-1, such as US");
        }
        return region;
    }

    static <E extends Enum<E>> E choice(String text, Class<E> type) {
        String wanted = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        E[] constants = type.getEnumConstants();
        return Arrays.stream(constants)
                .filter(constant -> constant.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + Arrays.toString(constants)));
    }
}
