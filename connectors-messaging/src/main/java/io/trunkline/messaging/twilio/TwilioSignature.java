package io.trunkline.messaging.twilio;

import io.trunkline.auth.Macs;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.value.Secret;
import io.trunkline.webhook.ForgedWebhookException;
import io.trunkline.webhook.SignatureCheck;
import io.trunkline.webhook.SignatureScheme;
import io.trunkline.webhook.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code X-Twilio-Signature}: HMAC-SHA1 over the public address and the sorted form; a JSON body is bound by its hash in
 * the address. The platform signs the address with or without its port, so both are tried.
 */
final class TwilioSignature implements SignatureScheme {

    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final String BODY_HASH = "bodySHA256";

    private final Secret authToken;

    TwilioSignature(Secret authToken) {
        this.authToken = authToken;
    }

    static boolean json(WebhookRequest request) {
        return request.header("Content-Type")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .startsWith("application/json");
    }

    @Override
    public void verify(WebhookRequest request) {
        byte[] received = request.header("X-Twilio-Signature")
                .flatMap(SignatureCheck::base64)
                .orElseThrow(() -> new ForgedWebhookException("the signature is missing or not base64"));
        List<String> hashes = request.query().getOrDefault(BODY_HASH, List.of());
        if (json(request) || !hashes.isEmpty()) {
            checkBody(request, hashes);
        }
        String form = json(request) || !hashes.isEmpty() ? "" : sorted(form(request));
        boolean genuine = false;
        for (String address : addresses(request.url())) {
            genuine |= SignatureCheck.same(signature(address + form), received);
        }
        if (!genuine) {
            throw new ForgedWebhookException("the signature is wrong");
        }
    }

    private static Map<String, List<String>> form(WebhookRequest request) {
        try {
            return request.form();
        } catch (MalformedDataException e) {
            throw new ForgedWebhookException("the body is no form that could have been signed");
        }
    }

    byte[] signature(String signed) {
        return Macs.hmac("HmacSHA1", authToken, signed.getBytes(StandardCharsets.UTF_8));
    }

    private static void checkBody(WebhookRequest request, List<String> hashes) {
        String hash = HexFormat.of().formatHex(Macs.digest("SHA-256", request.body()));
        boolean same = hashes.size() == 1
                && SignatureCheck.same(
                        hash.getBytes(StandardCharsets.US_ASCII), hashes.get(0).getBytes(StandardCharsets.US_ASCII));
        if (!same) {
            throw new ForgedWebhookException("the body is not the one that was signed");
        }
    }

    private static String sorted(Map<String, List<String>> form) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(form)
                .forEach((name, values) ->
                        new TreeSet<>(values).forEach(value -> text.append(name).append(value)));
        return text.toString();
    }

    private static Set<String> addresses(URI url) {
        Set<String> addresses = new HashSet<>();
        String rest = (url.getRawPath() == null ? "" : url.getRawPath())
                + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        // Not getHost: it knows no name with an underscore, and the platform signs user and password of an address too.
        String authority = String.valueOf(url.getRawAuthority());
        Matcher port = PORT.matcher(authority);
        String host = url.getScheme() + "://" + port.replaceFirst("");
        boolean https = "https".equalsIgnoreCase(url.getScheme());
        addresses.add(host + rest);
        addresses.add(url.getScheme() + "://" + (port.reset().find() ? authority : authority + (https ? ":443" : ":80"))
                + rest);
        return addresses;
    }
}
