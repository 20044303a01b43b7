package io.trunkline.auth;

import io.trunkline.value.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A signature over a request's parameters in the order of their names: what Aliyun RPC, Taobao, JD, Pinduoduo, Tencent's
 * first API, Vonage and OAuth 1.0a have in common. Gives the value; the connector puts it where its platform wants it.
 * Immutable and thread-safe.
 */
public final class ParameterSignature {

    private final Form form;
    private final Secret secret;

    /** How parameters become one text, and the text a signature. */
    @SuppressWarnings("ImmutableEnumChecker") // Functions without state.
    public enum Form {
        /** Names and values joined without a sign, between two secrets, MD5, capital digits. */
        MD5_BETWEEN_SECRETS("", "", "", Output.CAPITAL_HEX),
        /** Names and values joined without a sign, HMAC-MD5, capital digits. */
        PLAIN_HMAC_MD5("HmacMD5", "", "", Output.CAPITAL_HEX),
        /** Names and values joined without a sign, HMAC-SHA256, capital digits. */
        PLAIN_HMAC_SHA256("HmacSHA256", "", "", Output.CAPITAL_HEX),
        /** Names and values joined without a sign, HMAC-SHA256, Base64. */
        PLAIN_HMAC_SHA256_BASE64("HmacSHA256", "", "", Output.BASE64),
        /** A query as it reads, HMAC-SHA1, Base64. */
        QUERY_HMAC_SHA1("HmacSHA1", "=", "&", Output.BASE64);

        private final String algorithm;
        private final String equals;
        private final String and;
        private final Output output;

        Form(String algorithm, String equals, String and, Output output) {
            this.algorithm = algorithm;
            this.equals = equals;
            this.and = and;
            this.output = output;
        }
    }

    private enum Output {
        CAPITAL_HEX,
        BASE64
    }

    private ParameterSignature(Form form, Secret secret) {
        this.form = form;
        this.secret = secret;
    }

    /** A signature of a form. */
    public static ParameterSignature of(Form form, Secret secret) {
        return new ParameterSignature(form, secret);
    }

    /**
     * The signature over parameters.
     *
     * @param parameters names and values as they are, not encoded
     */
    public String over(Map<String, String> parameters) {
        return over(parameters, UnaryOperator.identity());
    }

    /**
     * The signature over a text that holds the parameters.
     *
     * @param around puts the parameters' text into the text that is signed, such as method, host and path before it
     */
    public String over(Map<String, String> parameters, UnaryOperator<String> around) {
        String joined = new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(each -> each.getKey() + form.equals + each.getValue())
                        .collect(Collectors.joining(form.and));
        byte[] text = around.apply(joined).getBytes(StandardCharsets.UTF_8);
        byte[] signature = form == Form.MD5_BETWEEN_SECRETS
                ? Macs.digest("MD5", secret.bytes(), text, secret.bytes())
                : Macs.hmac(form.algorithm, secret, text);
        return form.output == Output.BASE64
                ? Base64.getEncoder().encodeToString(signature)
                : HexFormat.of().withUpperCase().formatHex(signature);
    }

    /**
     * Aliyun's RPC signature, and with a token's secret that of OAuth 1.0a (RFC 5849, 3.4.2): method, address and query,
     * each encoded once more.
     *
     * @param method the HTTP method
     * @param address {@code /} for Aliyun, the whole address without its query for OAuth
     * @param parameters names and values as they are, not encoded
     * @param secret the consumer's or access key's secret
     * @param tokenSecret the token's, or null where there is none
     */
    public static String encoded(
            String method,
            String address,
            Map<String, String> parameters,
            Secret secret,
            @Nullable Secret tokenSecret) {
        Map<String, String> encoded = new TreeMap<>();
        parameters.forEach(
                (name, value) -> encoded.put(CanonicalRequest.percent(name), CanonicalRequest.percent(value)));
        Secret key = Secret.of(secret.reveal() + "&" + (tokenSecret == null ? "" : tokenSecret.reveal()));
        return of(Form.QUERY_HMAC_SHA1, key)
                .over(
                        encoded,
                        query -> method + "&" + CanonicalRequest.percent(address) + "&"
                                + CanonicalRequest.percent(query));
    }

    /** The form alone. */
    @Override
    public String toString() {
        return "ParameterSignature[" + form + "]";
    }
}
