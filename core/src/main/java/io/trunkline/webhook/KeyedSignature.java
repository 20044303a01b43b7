package io.trunkline.webhook;

import io.trunkline.auth.Macs;
import io.trunkline.value.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A signature that both sides can compute: HMAC with a shared secret, or a digest with the secret among the bytes. It
 * stands in one header, in hex or base64. Several secrets are tried, so that they can be changed without a gap.
 */
public final class KeyedSignature implements SignatureScheme {

    private final String header;
    private final String prefix;
    private final Function<String, Optional<byte[]>> decoder;
    private final String algorithm;
    private final SignedContent content;
    private final List<Secret> secrets;
    private final @Nullable String timestampHeader;
    private final BiPredicate<String, Instant> fresh;

    private KeyedSignature(Builder builder) {
        this.header = builder.header;
        this.prefix = builder.prefix;
        this.decoder = builder.decoder;
        this.algorithm = Objects.requireNonNull(builder.algorithm, "an algorithm is required");
        this.content = builder.content;
        this.secrets = builder.secrets;
        this.timestampHeader = builder.timestampHeader;
        this.fresh = builder.fresh;
    }

    /** Begins with the header that holds the signature, and the secrets that are good now. */
    public static Builder in(String header, Secret secret, Secret... others) {
        return new Builder(header, secret, others);
    }

    @Override
    public void verify(WebhookRequest request) {
        String text = request.header(header).orElseThrow(() -> forged("the signature is missing or stands twice"));
        byte[] received = (text.startsWith(prefix) ? decoder.apply(text.substring(prefix.length())) : none())
                .orElseThrow(() -> forged("the signature is not of the platform's form"));
        checkTime(request);
        boolean genuine = false;
        for (Secret secret : secrets) {
            genuine |= SignatureCheck.same(computed(request, secret), received);
        }
        if (!genuine) {
            throw forged("the signature is wrong");
        }
    }

    private void checkTime(WebhookRequest request) {
        if (timestampHeader != null
                && !request.header(timestampHeader)
                        .filter(time -> fresh.test(time, request.receivedAt()))
                        .isPresent()) {
            throw forged("the time is missing, or more than five minutes off");
        }
    }

    private byte[] computed(WebhookRequest request, Secret secret) {
        return mac(secret, content.of(request, secret));
    }

    private byte[] mac(Secret secret, byte[] signed) {
        return algorithm.startsWith("Hmac") ? Macs.hmac(algorithm, secret, signed) : Macs.digest(algorithm, signed);
    }

    private static Optional<byte[]> none() {
        return Optional.empty();
    }

    private static ForgedWebhookException forged(String reason) {
        return new ForgedWebhookException(reason);
    }

    /** Collects how a platform signs. */
    public static final class Builder {

        private final String header;
        private final List<Secret> secrets;
        private String prefix = "";
        private Function<String, Optional<byte[]>> decoder = SignatureCheck::hex;
        private SignedContent content = SignedContent.BODY;
        private @Nullable String algorithm;
        private @Nullable String timestampHeader;
        private BiPredicate<String, Instant> fresh = (time, now) -> false;

        private Builder(String header, Secret secret, Secret... others) {
            this.header = header;
            this.secrets = Stream.concat(Stream.of(secret), Stream.of(others)).toList();
            if (secrets.size() > SignatureCheck.MOST_CANDIDATES) {
                throw new IllegalArgumentException("at most " + SignatureCheck.MOST_CANDIDATES + " secrets");
            }
        }

        /** HMAC by a JCA name such as {@code HmacSHA256}, or a digest such as {@code SHA-256}; hex unless said otherwise. */
        public Builder algorithm(String value) {
            this.algorithm = value;
            return this;
        }

        /** The signature is base64. */
        public Builder base64() {
            this.decoder = SignatureCheck::base64;
            return this;
        }

        /** A word before the signature, such as {@code sha256=}. */
        public Builder prefix(String value) {
            this.prefix = value;
            return this;
        }

        /** What is signed; the body unless said otherwise. */
        public Builder content(SignedContent value) {
            this.content = value;
            return this;
        }

        /** A header with the time in seconds since 1970, which must be within five minutes. */
        public Builder seconds(String timestamp) {
            this.timestampHeader = timestamp;
            this.fresh = SignatureCheck::freshSeconds;
            return this;
        }

        /** A header with the time in milliseconds since 1970, which must be within five minutes. */
        public Builder millis(String timestamp) {
            this.timestampHeader = timestamp;
            this.fresh = SignatureCheck::freshMillis;
            return this;
        }

        /** A header with the time in ISO 8601, which must be within five minutes. */
        public Builder isoTime(String timestamp) {
            this.timestampHeader = timestamp;
            this.fresh = SignatureCheck::freshIso;
            return this;
        }

        /**
         * The scheme.
         *
         * @throws IllegalArgumentException if this Java platform has no such algorithm
         */
        public KeyedSignature build() {
            KeyedSignature scheme = new KeyedSignature(this);
            scheme.mac(secrets.get(0), new byte[0]);
            return scheme;
        }
    }
}
