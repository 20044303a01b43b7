package io.trunkline.webhook;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.value.Secret;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Attacks on every signature scheme of the library. */
final class SignatureAttacksTest {

    private static final String BODY = "{\"id\":\"1\",\"text\":\"h\u00e9llo\"}";

    @ParameterizedTest
    @EnumSource(Schemes.class)
    void verify_genuineRequest_passes(Schemes each) {
        assertDoesNotThrow(() -> each.scheme.verify(each.genuine(BODY)));
        assertDoesNotThrow(() -> each.scheme.verify(each.genuine("")));
    }

    @ParameterizedTest
    @EnumSource(Schemes.class)
    void T16_missingEmptyOrForeignSignature_isForged(Schemes each) {
        for (String value : List.of("", " ", "x", "v1", "v1,", "v9,AAAA", "v1a,AAAA", "sha256=", "sha256", "=", ",")) {
            forged(each, Map.of(each.signatureHeader(), value));
        }
        Map<String, String> without = each.headers(utf8(BODY), Schemes.NOW);
        without.remove(each.signatureHeader());
        assertForged(each, Schemes.request(without, utf8(BODY)));
        assertForged(each, Schemes.request(Map.of(), utf8(BODY)));
    }

    @ParameterizedTest
    @EnumSource(Schemes.class)
    void T17_eachHeaderMissing_isForged(Schemes each) {
        for (String name : each.headers(utf8(BODY), Schemes.NOW).keySet()) {
            Map<String, String> headers = each.headers(utf8(BODY), Schemes.NOW);
            headers.remove(name);
            assertForged(each, Schemes.request(headers, utf8(BODY)));
        }
    }

    @ParameterizedTest
    @MethodSource("io.trunkline.webhook.Schemes#timed")
    void T20_timeOutsideTheWindow_isForgedAlthoughSigned(Schemes each) {
        for (Duration off : List.of(Duration.ofMinutes(5), Duration.ofMinutes(-5))) {
            byte[] body = utf8(BODY);
            each.scheme.verify(Schemes.request(each.headers(body, Schemes.NOW.plus(off)), body));
            Instant beyond = Schemes.NOW.plus(off).plusSeconds(off.isNegative() ? -1 : 1);
            assertForged(each, Schemes.request(each.headers(body, beyond), body));
        }
        assertForged(each, Schemes.request(each.headers(utf8(BODY), Instant.EPOCH), utf8(BODY)));
    }

    @ParameterizedTest
    @MethodSource("io.trunkline.webhook.Schemes#timed")
    void T20_timeOfAnotherForm_isForgedAndNothingElse(Schemes each) {
        for (String time : List.of(
                "",
                "-1",
                "1e9",
                "+1772352000",
                "99999999999999999999",
                " 1772352000",
                "1772352000 ",
                "1772352000.0",
                "\u0661\u0667\u0667\u0662\u0663\u0665\u0662\u0660\u0660\u0660",
                "0x69A3F000",
                "NaN",
                "null",
                "+1000000000-12-31T23:59:59Z",
                "-1000000000-01-01T00:00:00Z",
                "2026-03-01",
                "T",
                "1".repeat(60_000))) {
            forged(each, Map.of(each.timeHeader(), time));
        }
    }

    @ParameterizedTest
    @EnumSource(Schemes.class)
    void T22_sameHeaderManyTimes_isForged(Schemes each) {
        WebhookRequest genuine = each.genuine(BODY);
        for (int copies : new int[] {2, 1_000}) {
            Map<String, List<String>> headers = new TreeMap<>(genuine.headers());
            headers.put(
                    each.signatureHeader(),
                    Collections.nCopies(
                            copies, genuine.header(each.signatureHeader()).orElseThrow()));
            assertForged(
                    each, new WebhookRequest("POST", genuine.url(), headers, genuine.body(), genuine.receivedAt()));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Schemes.class, names = "STANDARD_WEBHOOKS_.*", mode = EnumSource.Mode.MATCH_ALL)
    void T22_listOfTenThousand_isCheckedToTheSixteenth(Schemes each) {
        String right = each.headers(utf8(BODY), Schemes.NOW).get("webhook-signature");
        String wrong = right.substring(0, right.indexOf(',') + 1) + "AAAA ";

        Map<String, String> sixteenth = each.headers(utf8(BODY), Schemes.NOW);
        sixteenth.put("webhook-signature", wrong.repeat(15) + right);
        each.scheme.verify(Schemes.request(sixteenth, utf8(BODY)));

        forged(each, Map.of("webhook-signature", wrong.repeat(16) + right));
        forged(each, Map.of("webhook-signature", wrong.repeat(10_000)));
        forged(each, Map.of("webhook-signature", " ".repeat(60_000)));
    }

    @ParameterizedTest
    @EnumSource(Schemes.class)
    void T23_signatureInAnotherSpelling_isTakenOnlyAsTheSameBytes(Schemes each) {
        String right = each.headers(utf8(BODY), Schemes.NOW).get(each.signatureHeader());
        for (String other : List.of(
                right + " ",
                " " + right,
                right + "=",
                right + "==",
                right.replace("=", ""),
                right + "\n",
                right.replace('+', '-').replace('/', '_') + "-",
                right.substring(0, right.length() - 1),
                right + right,
                right.replace('0', '\u0660').replace('1', '\uff11') + "\u0660",
                "\"" + right + "\"",
                right + "00")) {
            boolean inAList = each.name().startsWith("STANDARD")
                    && List.of(other.split(" ", -1)).contains(right);
            if (!other.equals(right) && !inAList) {
                forged(each, Map.of(each.signatureHeader(), other));
            }
        }
        if (each == Schemes.SORTED_SHA1_OF_ENVELOPE || !each.hex()) {
            forged(each, Map.of(each.signatureHeader(), right.toUpperCase(Locale.ROOT)));
        }
    }

    @ParameterizedTest
    @EnumSource(Schemes.class)
    void T24_bodyWrittenAnew_isForged(Schemes each) {
        Map<String, String> headers = each.headers(utf8(BODY), Schemes.NOW);
        byte[] latin = BODY.getBytes(StandardCharsets.ISO_8859_1);
        assertForged(each, Schemes.request(headers, latin));
        for (String other : List.of(
                "{\"text\":\"h\u00e9llo\",\"id\":\"1\"}",
                BODY.replace(":", ": "),
                BODY.replace("\u00e9", "\\u00e9"),
                "\ufeff" + BODY,
                BODY + "\r\n",
                BODY + "\n",
                BODY + "\0",
                "",
                BODY.replace("\u00e9", "e\u0301"))) {
            assertForged(each, Schemes.request(headers, utf8(other)));
        }
    }

    @ParameterizedTest
    @EnumSource(Schemes.class)
    void T25_anyScheme_coversTheWholeBody(Schemes each) {
        String body = "x".repeat(4_096);
        Map<String, String> headers = each.headers(utf8(body), Schemes.NOW);
        for (int at : new int[] {0, 1, 63, 64, 1_000, 4_094, 4_095}) {
            byte[] other = utf8(body);
            other[at] = 'y';
            assertForged(each, Schemes.request(headers, other));
        }
    }

    @ParameterizedTest
    @EnumSource(Schemes.class)
    void T26_signatureOfAnotherScheme_isForged(Schemes each) {
        for (Schemes other : Schemes.values()) {
            if (other != each) {
                Map<String, String> headers = other.headers(utf8(BODY), Schemes.NOW);
                headers.put(each.signatureHeader(), headers.get(other.signatureHeader()));
                assertForged(each, Schemes.request(headers, utf8(BODY)));
            }
        }
    }

    @Test
    void T26_keyOfAnotherKind_isRefusedAtTheStart() throws Exception {
        String raw = Base64.getEncoder().encodeToString(new byte[32]);
        assertThrows(IllegalArgumentException.class, () -> StandardWebhooks.secrets(List.of(Secret.of("whpk_" + raw))));
        assertThrows(IllegalArgumentException.class, () -> StandardWebhooks.publicKey("whsec_" + raw));
        assertThrows(IllegalArgumentException.class, () -> StandardWebhooks.publicKey("whpk_" + raw + "AAAA"));
        var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic();
        assertThrows(
                IllegalArgumentException.class, () -> new PublicKeySignature("Sig", "Time", "SHA256withECDSA", rsa));
        assertThrows(IllegalArgumentException.class, () -> new PublicKeySignature("Sig", "Time", "none", rsa));
        assertThrows(IllegalArgumentException.class, () -> PublicKeySignature.key("EC", raw));
    }

    @Test
    void T18_secretThatIsMissingOrTooShort_refusesToStart() {
        String secret = Canary.plant(Base64.getEncoder()
                .encodeToString(Canary.secret().substring(0, 23).getBytes(StandardCharsets.US_ASCII)));
        Leaks.saw(assertThrows(
                IllegalArgumentException.class, () -> StandardWebhooks.secrets(List.of(Secret.of("whsec_" + secret)))));
        assertThrows(IllegalArgumentException.class, () -> StandardWebhooks.secrets(List.of()));
        assertThrows(IllegalArgumentException.class, () -> Secret.of("  "));
        KeyedSignature.Builder unnamed = KeyedSignature.in("Sig", Secret.of("s"));
        assertThrows(NullPointerException.class, unnamed::build);
        assertThrows(
                IllegalArgumentException.class,
                () -> unnamed.algorithm("HmacNothing").build());
        for (String key : List.of("short", "!".repeat(43), "a".repeat(44), "a".repeat(42))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new CallbackCipher(Secret.of("t"), Secret.of(Canary.plant(key)), "corp"));
        }
    }

    @Test
    void T28_macs_areComparedInOnePlaceAndInConstantTime() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.trunkline.webhook");

        ArchRuleDefinition.noClasses()
                .should()
                .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
                .check(classes);
        ArchRuleDefinition.noClasses()
                .that()
                .doNotHaveSimpleName("SignatureCheck")
                .should()
                .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
                .check(classes);
        assertTrue(SignatureCheck.same(new byte[] {1}, new byte[] {1}));
        assertEquals(false, SignatureCheck.same(new byte[] {1}, new byte[] {1, 2}));
    }

    @Test
    void T32_twoSecrets_areBothGoodUntilOneIsTakenAway() {
        Secret old = Secret.of(Canary.secret());
        Secret now = Secret.of(Canary.secret());
        KeyedSignature both =
                KeyedSignature.in("Sig", now, old).algorithm("HmacSHA256").build();
        KeyedSignature one =
                KeyedSignature.in("Sig", now).algorithm("HmacSHA256").build();
        WebhookRequest byOld = SignatureMutationTest.signedBy(old, BODY);
        WebhookRequest byNow = SignatureMutationTest.signedBy(now, BODY);

        both.verify(byOld);
        both.verify(byNow);
        one.verify(byNow);

        assertThrows(ForgedWebhookException.class, () -> one.verify(byOld));
        Secret[] many = Collections.nCopies(16, old).toArray(Secret[]::new);
        assertThrows(IllegalArgumentException.class, () -> KeyedSignature.in("Sig", now, many));
        assertThrows(
                IllegalArgumentException.class,
                () -> StandardWebhooks.secrets(Collections.nCopies(17, Secret.of("a".repeat(40)))));
    }

    @Test
    void T17_ecdsaSignatureOfZeros_isForged() {
        byte[] zeros = {0x30, 6, 2, 1, 0, 2, 1, 0};
        forged(Schemes.ECDSA, Map.of("Sig", Base64.getEncoder().encodeToString(zeros)));
    }

    private static void forged(Schemes each, Map<String, String> changes) {
        Map<String, String> headers = each.headers(utf8(BODY), Schemes.NOW);
        headers.putAll(changes);
        assertForged(each, Schemes.request(headers, utf8(BODY)));
    }

    private static void assertForged(Schemes each, WebhookRequest request) {
        RuntimeException thrown = assertThrows(RuntimeException.class, () -> each.scheme.verify(request));
        assertTrue(
                thrown instanceof ForgedWebhookException || thrown instanceof MalformedDataException,
                () -> each + " threw " + thrown);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
