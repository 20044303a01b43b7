package io.trunkline.testkit;

import io.trunkline.webhook.WebhookRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an attacker makes of a genuine webhook: each bit of its body turned, its proof bent, taken away or doubled. */
final class Forgeries {

    private static final int MOST_BITS = 16_000;

    private final WebhookRequest genuine;

    Forgeries(WebhookRequest genuine) {
        this.genuine = genuine;
    }

    /** Bodies with one bit turned, cut, lengthened and emptied; of long bodies only every n-th bit. */
    Map<String, WebhookRequest> bodies() {
        Map<String, WebhookRequest> forged = new LinkedHashMap<>();
        int bits = genuine.bodySize() * 8;
        for (int bit = 0; bit < bits; bit += 1 + bits / MOST_BITS) {
            int turned = bit;
            forged.put("bit " + bit + " of the body turned", body(bytes -> {
                bytes[turned / 8] ^= (byte) (1 << (turned % 8));
                return bytes;
            }));
        }
        if (bits > 0) {
            forged.put("the body cut by a byte", body(bytes -> Arrays.copyOf(bytes, bytes.length - 1)));
            forged.put("no body", body(bytes -> new byte[0]));
        }
        forged.put("a byte behind the body", body(bytes -> {
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
            longer[bytes.length] = 'x';
            return longer;
        }));
        return forged;
    }

    /** The proof without each of its parts, with each of them bent at every character, empty, and doubled. */
    Map<String, WebhookRequest> proofs(String name) {
        Map<String, WebhookRequest> forged = new LinkedHashMap<>();
        String value = value(name);
        forged.put(name + " missing", with(name, List.of()));
        forged.put(name + " empty", with(name, List.of("")));
        forged.put(name + " twice", with(name, List.of(value, value)));
        forged.put(name + " beside another", with(name, List.of("x", value)));
        for (int i = 0; i < value.length(); i++) {
            char bent = value.charAt(i) == 'A' ? 'B' : 'A';
            String other = value.substring(0, i) + bent + value.substring(i + 1);
            forged.put(name + " bent at " + i, with(name, List.of(other)));
        }
        return forged;
    }

    private String value(String name) {
        if (!name.startsWith("?")) {
            return genuine.header(name).orElseThrow(() -> new IllegalStateException("the webhook has no " + name));
        }
        Matcher parameter = parameter(name).matcher(genuine.url().toString());
        if (!parameter.find()) {
            throw new IllegalStateException("the webhook's address has no " + name);
        }
        return parameter.group(2);
    }

    private WebhookRequest with(String name, List<String> values) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(genuine.headers());
        URI url = genuine.url();
        if (name.startsWith("?")) {
            StringBuilder others = new StringBuilder();
            values.forEach(value ->
                    others.append('&').append(name.substring(1)).append('=').append(value));
            String bare = parameter(name).matcher(url.toString()).replaceFirst("");
            String joined = bare.contains("?")
                    ? bare + others
                    : bare + "?" + others.toString().replaceFirst("^&", "");
            url = URI.create(joined.replaceFirst("\\?$", ""));
        } else if (values.isEmpty()) {
            headers.remove(name);
        } else {
            headers.put(name, values);
        }
        return new WebhookRequest(genuine.method(), url, headers, genuine.body(), genuine.receivedAt());
    }

    private static Pattern parameter(String name) {
        return Pattern.compile("(?<=[?&])(" + Pattern.quote(name.substring(1)) + ")=([^&#]*)&?");
    }

    private interface Change {
        byte[] of(byte[] body);
    }

    private WebhookRequest body(Change change) {
        return new WebhookRequest(
                genuine.method(), genuine.url(), genuine.headers(), change.of(genuine.body()), genuine.receivedAt());
    }

    /** Genuine in everything but its size. */
    WebhookRequest ofSize(int bytes) {
        return body(body -> new byte[bytes]);
    }
}
