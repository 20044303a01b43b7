package io.trunkline.crm.salesforce;

import io.trunkline.auth.PrivateKeys;
import io.trunkline.mapping.FieldMappings;
import io.trunkline.value.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPrivateKey;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the settings' values must be; the messages never repeat what they were. */
final class SalesforceParsers {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> LOGIN_HOSTS = Set.of("login.salesforce.com", "test.salesforce.com");
    private static final List<String> MAPPED = List.of("Contact", "Account", "Case");
    private static final int OLDEST_VERSION = 46;
    private static final int SHORTEST_TOKEN = 24;

    private SalesforceParsers() {}

    /** Tokens and data come from the org's own host; log-in and Lightning hosts are the usual mistakes. */
    static URI myDomain(String text) {
        URI address = address(text.strip());
        boolean secure = "https".equalsIgnoreCase(address.getScheme());
        boolean local = "http".equalsIgnoreCase(address.getScheme()) && THIS_MACHINE.contains(address.getHost());
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        boolean path = !Set.of("", "/").contains(String.valueOf(address.getRawPath()));
        if (!(secure || local) || address.getRawUserInfo() != null || path || address.getRawQuery() != null) {
            throw new IllegalArgumentException("must be an https address without user, path and query");
        }
        if (LOGIN_HOSTS.contains(host) || host.endsWith(".lightning.force.com")) {
            throw new IllegalArgumentException(
                    "must be the org's own address, such as https://acme.my.salesforce.com, not a log-in or Lightning host");
        }
        return address;
    }

    static Secret rsaKey(String text) {
        Secret pem = Secret.of(text);
        if (!(PrivateKeys.pem(pem) instanceof RSAPrivateKey)) {
            throw new IllegalArgumentException("must be an RSA key: the platform takes no other signature than RS256");
        }
        return pem;
    }

    static String version(String text) {
        if (!text.strip().matches("[1-9][0-9]{1,2}\\.0")
                || Integer.parseInt(text.strip().replace(".0", "")) < OLDEST_VERSION) {
            throw new IllegalArgumentException("must be a version such as 66.0, at least " + OLDEST_VERSION + ".0");
        }
        return text.strip();
    }

    static String field(String text) {
        return Soql.name(text.strip());
    }

    static String organization(String text) {
        if (!text.strip().startsWith("00D") || !Soql.isId(text.strip())) {
            throw new IllegalArgumentException("must be the org's id, 00D and 12 or 15 more letters and digits");
        }
        return text.strip();
    }

    static Secret token(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length < SHORTEST_TOKEN) {
            throw new IllegalArgumentException("must have at least " + SHORTEST_TOKEN + " characters");
        }
        return Secret.of(text);
    }

    static String fields(String text) {
        mappings(text);
        return text;
    }

    /** The custom fields of each type; one without a type is of contacts. */
    static FieldMappings mappings(String text) {
        return FieldMappings.parse(text, MAPPED, name -> {
            if (name.contains(".")) {
                throw new IllegalArgumentException("fields can be mapped for " + String.join(", ", MAPPED) + " only");
            }
            Soql.name(name);
        });
    }

    private static URI address(String text) {
        try {
            URI address = new URI(text);
            if (address.getHost() == null || address.getRawFragment() != null) {
                throw new IllegalArgumentException("must be an absolute web address");
            }
            return address;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be an absolute web address");
        }
    }
}
