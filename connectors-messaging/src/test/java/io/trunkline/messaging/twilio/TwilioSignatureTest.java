package io.trunkline.messaging.twilio;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.mapping.MalformedDataException;
import io.trunkline.value.Secret;
import io.trunkline.webhook.ForgedWebhookException;
import io.trunkline.webhook.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on the signature. The honest signatures are made here by the platform's recipe, apart from the code under test. */
final class TwilioSignatureTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String HOOK = "https://calls.example.test/sms?desk=1";
    private static final String FORM = "Body=Hi&From=%2B447700900123&MessageSid=SM1&To=%2B15005550006";
    private static final String SORTED = "BodyHiFrom+447700900123MessageSidSM1To+15005550006";

    private final TwilioSignature scheme = new TwilioSignature(Secret.of(TOKEN));

    @Test
    void verify_honestForm_passes() throws Exception {
        assertDoesNotThrow(() -> scheme.verify(form(HOOK, FORM, sign(HOOK + SORTED))));
    }

    @Test
    void T16_missingEmptyOrForeignSignature_isRefused() throws Exception {
        for (String signature : List.of("", " ", "v1=abc", "sha1=" + sign(HOOK + SORTED), "null")) {
            refused(form(HOOK, FORM, signature), signature);
        }
        WebhookRequest none = new WebhookRequest(
                "POST",
                URI.create(HOOK),
                Map.of("Content-Type", List.of("application/x-www-form-urlencoded")),
                FORM.getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH);
        refused(none, "no header");
    }

    @Test
    void T17_everyBitOfBodyAddressAndSignature_isCovered() throws Exception {
        String signature = sign(HOOK + SORTED);
        byte[] raw = Base64.getDecoder().decode(signature);
        for (int bit = 0; bit < raw.length * 8; bit++) {
            byte[] changed = raw.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            refused(form(HOOK, FORM, Base64.getEncoder().encodeToString(changed)), "signature bit " + bit);
        }
        int changedMeaning = 0;
        for (int bit = 0; bit < FORM.length() * 8; bit++) {
            byte[] body = FORM.getBytes(StandardCharsets.ISO_8859_1);
            body[bit / 8] ^= (byte) (1 << (bit % 8));
            WebhookRequest request = request(HOOK, body, signature, "application/x-www-form-urlencoded");
            if (!saysTheSame(request, form(HOOK, FORM, signature))) {
                changedMeaning++;
                refused(request, "body bit " + bit);
            }
        }
        assertTrue(changedMeaning > FORM.length() * 7, "the attack hardly changed anything");
    }

    private static boolean saysTheSame(WebhookRequest one, WebhookRequest other) {
        try {
            return one.form().equals(other.form());
        } catch (MalformedDataException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://calls.example.test/sms?desk=2",
                "https://calls.example.test/sms",
                "https://calls.example.test/sms?desk=1&x=",
                "https://calls.example.test/sms/?desk=1",
                "https://calls.example.test/SMS?desk=1",
                "https://other.example.test/sms?desk=1",
                "http://calls.example.test/sms?desk=1",
                "https://calls.example.test.evil.test/sms?desk=1",
                "https://user@calls.example.test/sms?desk=1"
            })
    void T17_anotherAddress_isRefused(String url) throws Exception {
        refused(form(url, FORM, sign(HOOK + SORTED)), url);
    }

    @ParameterizedTest
    @CsvSource({
        "https://h.test/p?a=1, https://h.test/p?a=1, true",
        "https://h.test/p?a=1, https://h.test:443/p?a=1, true",
        "https://h.test:443/p?a=1, https://h.test/p?a=1, true",
        "https://h.test:8443/p, https://h.test/p, true",
        "https://h.test:8443/p, https://h.test:8443/p, true",
        "https://h.test:8443/p, https://h.test:443/p, false",
        "https://h.test/p, https://h.test:8443/p, false",
        "https://h.test/p, https://h.test:80/p, false",
        "http://h.test/p, http://h.test:80/p, true",
        "http://h.test/p, http://h.test:443/p, false",
        "https://my_host.test/p, https://my_host.test/p, true",
        "https://me:pw@h.test/p, https://me:pw@h.test/p, true",
        "https://me:pw@h.test/p, https://h.test/p, false",
        "https://[2001:db8::1]/p, https://[2001:db8::1]/p, true",
        "https://[2001:db8::1]:444/p, https://[2001:db8::1]:444/p, true",
        "https://h.test, https://h.test, true",
        "https://h.test/a%20b?q=%2B1&r, https://h.test/a%20b?q=%2B1&r, true",
    })
    void verify_addressWithAndWithoutPort_followsThePlatform(String seen, String signed, boolean genuine)
            throws Exception {
        WebhookRequest request = form(seen, "A=1", sign(signed + "A1"));

        if (genuine) {
            scheme.verify(request);
        } else {
            refused(request, seen);
        }
    }

    @Test
    void verify_formInAnyOrderAndWithRepeatedValues_isTheSameForm() throws Exception {
        String signature = sign(HOOK + "A1A2B");

        for (String body : List.of("A=1&A=2&B=", "B=&A=2&A=1", "A=2&B&A=1&A=1")) {
            scheme.verify(form(HOOK, body, signature));
        }
        refused(form(HOOK, "A=1&B=", signature), "a value less");
        refused(form(HOOK, "A=1&A=2&A=3&B=", signature), "a value more");
        refused(form(HOOK, "A=1&A=2&B=&MessageStatus=delivered", signature), "a field more");
    }

    @Test
    void T23_otherSpellingsOfTheSignature_areNoSignature() throws Exception {
        byte[] raw = Base64.getDecoder().decode(sign(HOOK + SORTED));
        String urlSafe = Base64.getUrlEncoder().encodeToString(raw);
        String standard = Base64.getEncoder().encodeToString(raw);

        for (String other : List.of(
                HexFormat.of().formatHex(raw),
                HexFormat.of().withUpperCase().formatHex(raw),
                standard + "=",
                standard.substring(0, standard.length() - 2),
                standard + standard,
                "A" + standard)) {
            refused(form(HOOK, FORM, other), other);
        }
        if (!urlSafe.equals(standard)) {
            refused(form(HOOK, FORM, urlSafe), urlSafe);
        }
    }

    @Test
    void T22_repeatedOrEnormousHeader_isRefused() throws Exception {
        String good = sign(HOOK + SORTED);
        WebhookRequest repeated = new WebhookRequest(
                "POST",
                URI.create(HOOK),
                Map.of(
                        "X-Twilio-Signature", Collections.nCopies(1_000, good),
                        "Content-Type", List.of("application/x-www-form-urlencoded")),
                FORM.getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH);

        refused(repeated, "a thousand headers");
        refused(form(HOOK, FORM, "A".repeat(65_536)), "64 KiB");
    }

    @Test
    void T24_jsonBodyChangedInAnyByte_isRefused() throws Exception {
        String body = "{\"MessageSid\":\"SM1\",\"MessageStatus\":\"delivered\"}";
        String url = HOOK + "&bodySHA256=" + sha256(body);
        String signature = sign(url);
        scheme.verify(json(url, body, signature));
        scheme.verify(
                request(url, body.getBytes(StandardCharsets.UTF_8), signature, "Application/JSON; charset=utf-8"));

        for (String other : List.of(
                body + " ",
                "\uFEFF" + body,
                body.replace(":", ": "),
                body.replace("SM1", "S\\u004d1"),
                body.replace("delivered", "read"),
                "{\"MessageStatus\":\"delivered\",\"MessageSid\":\"SM1\"}")) {
            refused(json(url, other, signature), other);
            String rehashed = HOOK + "&bodySHA256=" + sha256(other);
            refused(json(rehashed, other, signature), "hash of the forger");
            refused(json(url + "&bodySHA256=" + sha256(other), other, signature), "two hashes");
        }
        refused(json(HOOK, body, sign(HOOK)), "JSON without a hash");
        refused(form(url, body + "&A=1", signature), "as a form");
    }

    @Test
    void decode_signedFieldWithTwoValues_saysNothing() throws Exception {
        String body = "MessageSid=SM1&MessageStatus=sent&MessageStatus=delivered";
        WebhookRequest request = form(HOOK, body, sign(HOOK + "MessageSidSM1MessageStatusdeliveredMessageStatussent"));
        TwilioWebhooks webhooks = new TwilioWebhooks("sms", Secret.of(TOKEN));
        webhooks.verify(request);

        assertThrows(RuntimeException.class, () -> webhooks.decode(request));
    }

    @Test
    void T18_otherToken_verifiesNothing() throws Exception {
        TwilioSignature other = new TwilioSignature(Secret.of(TOKEN.replace('0', '1')));
        WebhookRequest honest = form(HOOK, FORM, sign(HOOK + SORTED));

        assertThrows(ForgedWebhookException.class, () -> other.verify(honest));
        assertFalse(Secret.of(TOKEN).toString().contains(TOKEN));
    }

    private void refused(WebhookRequest request, String what) {
        ForgedWebhookException thrown = assertThrows(ForgedWebhookException.class, () -> scheme.verify(request), what);
        assertEquals(false, String.valueOf(thrown.getMessage()).contains("SM1"));
    }

    private static WebhookRequest form(String url, String body, String signature) {
        return request(url, body.getBytes(StandardCharsets.UTF_8), signature, "application/x-www-form-urlencoded");
    }

    private static WebhookRequest json(String url, String body, String signature) {
        return request(url, body.getBytes(StandardCharsets.UTF_8), signature, "application/json");
    }

    private static WebhookRequest request(String url, byte[] body, String signature, String type) {
        return new WebhookRequest(
                "POST",
                URI.create(url),
                Map.of("X-Twilio-Signature", List.of(signature), "Content-Type", List.of(type)),
                body,
                Instant.EPOCH);
    }

    private static String sign(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
