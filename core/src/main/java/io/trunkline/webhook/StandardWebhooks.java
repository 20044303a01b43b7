package io.trunkline.webhook;

import io.trunkline.auth.Macs;
import io.trunkline.value.Secret;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Standard Webhooks scheme: {@code webhook-id}, {@code webhook-timestamp} and {@code webhook-signature}, the last a
 * list of which one must fit; HMAC-SHA256 ({@code v1}) or Ed25519 ({@code v1a}) over {@code id.timestamp.body}. Follows
 * the specification 1.0.0 of standardwebhooks.com.
 */
public final class StandardWebhooks implements SignatureScheme {

    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int SHORTEST_SECRET = 24;

    private final List<byte[]> secrets;
    private final @Nullable PublicKey key;

    private StandardWebhooks(List<byte[]> secrets, @Nullable PublicKey key) {
        this.secrets = secrets;
        this.key = key;
    }

    /**
     * Checks by shared secrets, {@code whsec_} and base64.
     *
     * @throws IllegalArgumentException if one has another form or fewer than 24 bytes, or there are more than 16; the message does not repeat it
     */
    public static StandardWebhooks secrets(List<Secret> secrets) {
        List<byte[]> decoded = new ArrayList<>();
        for (Secret secret : secrets) {
            decoded.add(decoded(secret.reveal(), "whsec_"));
        }
        if (decoded.size() > SignatureCheck.MOST_CANDIDATES) {
            throw new IllegalArgumentException("at most " + SignatureCheck.MOST_CANDIDATES + " secrets");
        }
        if (decoded.isEmpty() || decoded.stream().anyMatch(bytes -> bytes.length < SHORTEST_SECRET)) {
            throw new IllegalArgumentException(
                    "a webhook secret of at least " + SHORTEST_SECRET + " bytes is required");
        }
        return new StandardWebhooks(List.copyOf(decoded), null);
    }

    /** Checks by the platform's public key, {@code whpk_} and base64 of its 32 bytes. */
    public static StandardWebhooks publicKey(String text) {
        String encoded = Base64.getEncoder().encodeToString(concat(ED25519_PREFIX, decoded(text, "whpk_")));
        return new StandardWebhooks(List.of(), PublicKeySignature.key("Ed25519", encoded));
    }

    @Override
    public void verify(WebhookRequest request) {
        String id = required(request, "webhook-id");
        String time = required(request, "webhook-timestamp");
        if (!SignatureCheck.freshSeconds(time, request.receivedAt())) {
            throw new ForgedWebhookException("the time is more than five minutes off");
        }
        byte[] signed = SignedContent.join(request.body(), id, ".", time, ".");
        String[] candidates = required(request, "webhook-signature").split(" ", SignatureCheck.MOST_CANDIDATES + 1);
        boolean genuine = false;
        for (int i = 0; i < Math.min(candidates.length, SignatureCheck.MOST_CANDIDATES); i++) {
            genuine |= fits(candidates[i], signed);
        }
        if (!genuine) {
            throw new ForgedWebhookException("no signature of the list is right");
        }
    }

    private boolean fits(String candidate, byte[] signed) {
        if (candidate.startsWith("v1a,") && key != null) {
            PublicKey checked = key;
            return SignatureCheck.base64(candidate.substring(4))
                    .map(signature -> PublicKeySignature.valid("Ed25519", checked, signed, signature))
                    .orElse(false);
        }
        boolean fits = false;
        if (candidate.startsWith("v1,")) {
            byte[] received = SignatureCheck.base64(candidate.substring(3)).orElse(new byte[0]);
            for (byte[] secret : secrets) {
                fits |= SignatureCheck.same(Macs.hmac("HmacSHA256", secret, signed), received);
            }
        }
        return fits;
    }

    private static String required(WebhookRequest request, String header) {
        return request.header(header)
                .orElseThrow(() -> new ForgedWebhookException(header + " is missing or stands twice"));
    }

    private static byte[] decoded(String text, String prefix) {
        try {
            return Base64.getDecoder().decode(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("webhook key must be " + prefix + " and base64");
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
