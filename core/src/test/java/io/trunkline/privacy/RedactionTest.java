package io.trunkline.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.trunkline.checks.Canary;
import io.trunkline.checks.CapturedLog;
import io.trunkline.checks.Leaks;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.value.PhoneForm;
import io.trunkline.value.PhoneNumber;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That nothing personal or secret is left of what is logged or thrown, in whatever form it comes. */
final class RedactionTest {

    private static final String[] SURROUNDINGS = {
        "%s",
        "to %s failed",
        "(%s)",
        "\"%s\"",
        "phone=%s",
        "{\"phone\":\"%s\"}",
        "<tel>%s</tel>",
        "x%s",
        "%sx",
        "=%s&",
        "\u7535\u8bdd%s\u3002"
    };

    @ParameterizedTest
    @EnumSource(PhoneForm.class)
    void mask_numberInAnyForm_isGone(PhoneForm form) {
        for (int i = 0; i < 50; i++) {
            PhoneNumber number = PhoneNumber.parse(Canary.phone());
            String stored = Canary.plant(number.in(form));
            for (String surroundings : SURROUNDINGS) {
                String masked = Leaks.printed(Masking.mask(surroundings.formatted(stored)));
                assertFalse(masked.replaceAll("\\D", "").length() > 4, masked);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0661\u0663\u0668\u0660\u0660\u0661\u0663\u0668\u0660\u0660\u0660",
                "\uff11\uff13\uff18\uff10\uff10\uff11\uff13\uff18\uff10\uff10\uff10",
                "138\u00a00013\u00a08000",
                "138\u20110013\u20138000",
                "138\u00b70013\u00b78000",
                "138 - 0013 - 8000",
                "+44 (0) 7700 900123",
                "\uff0b8613800138000",
                "138/0013/8000",
                "1 3 8 0 0 1 3 8 0 0 0"
            })
    void mask_numberInOtherDigitsOrSeparators_isGone(String text) {
        String masked = Masking.mask("call " + text + " now");

        assertTrue(masked.codePoints().filter(Character::isDigit).count() <= 2, masked);
    }

    @Test
    void mask_identityNumbersWithTheirCheckDigit_areGone() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            String id = identity(random);
            for (String surroundings : SURROUNDINGS) {
                String masked = Masking.mask(surroundings.formatted(id));
                assertFalse(masked.contains(id.substring(0, 12)) || masked.contains(id.substring(6)), masked);
            }
            assertEquals("id ***" + id.substring(16), Masking.mask("id " + id), "seed " + seed);
        }
        assertEquals("\u8eab\u4efd\u8bc1***2x", Masking.mask("\u8eab\u4efd\u8bc111010519491231002x"));
    }

    /** A number by GB 11643: area, date of birth, sequence, and a check digit of modulus 11. */
    private static String identity(Random random) {
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        LocalDate born = LocalDate.of(1940, 1, 1).plusDays(random.nextInt(30_000));
        String first = "%06d%s%03d"
                .formatted(110_000 + random.nextInt(500_000), born.toString().replace("-", ""), random.nextInt(1_000));
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (first.charAt(i) - '0') * weights[i];
        }
        return first + "10X98765432".charAt(sum % 11);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.test",
                "a.b+c@sub.example.test",
                "\u7528\u6237@\u4f8b\u5b50.\u6d4b\u8bd5",
                "o'hara@example.test",
                "A_B-C%D@EXAMPLE.TEST",
                "ada\uff20example.test",
                "x!#$&*=?^`{|}~/y@example.test"
            })
    void mask_mailAddress_keepsTheDomainOnly(String address) {
        String masked = Masking.mask("no contact for " + address + " found");

        assertTrue(masked.matches("no contact for \\*\\*\\*@\\S+ found"), masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer %s",
                "authorization=Basic %s",
                "Proxy-Authorization: %s",
                "X-Api-Key: %s",
                "api_key=%s&x=1",
                "?access_token=%s",
                "{\"client_secret\": \"%s\"}",
                "password: %s",
                "PASSWD=%s",
                "bearer %s",
                "refresh-token = '%s'",
                "Cookie: %s",
                "signature=%s",
                "wx.secret=%s",
                "pwd=\"%s\""
            })
    void mask_credentialInAnyPlace_isGone(String form) {
        for (int length : new int[] {3, 8, 40}) {
            String secret = Canary.plant("Zq" + "wXy".repeat(length));
            Leaks.printed(Masking.mask(form.formatted(secret)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the access token has expired or was withdrawn",
                "the client's own credential is refused; check client id and secret",
                "timed out after 30000 ms",
                "status 404 in 12 ms",
                "http://127.0.0.1:8080 refused",
                "connect to 10.0.0.12 failed",
                "at most 10240 bytes",
                "HTTP 503 from crm-emea",
                "java.lang.IllegalStateException",
                "needs basic authentication"
            })
    void mask_whatTheLibrarySaysItself_staysReadable(String text) {
        assertEquals(text, Masking.mask(text));
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0,true", "255.255.255.255,true", "256.1.1.100,false", "1.2.3.4.5.6,false", "44.20.794.600,false"
    })
    void mask_fourNumbers_stayOnlyIfTheyAreAnAddress(String text, boolean stays) {
        assertEquals(stays, Masking.mask("at " + text + " then").contains(text), () -> Masking.mask(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nINFO admin login",
                "a\nb",
                "a\rb",
                "a\u0085b",
                "a\u2028b",
                "a\u2029b",
                "a\u000bb",
                "a\fb",
                "a\0b",
                "a\u001b[31mb",
                "a\u202eb",
                "a\u200bb",
                "${jndi:ldap://evil.test/x}",
                "a\ufeffb"
            })
    void T46_textThatForgesALine_isOneLine(String text) {
        MaskedLog.of("io.trunkline.test").warn("{} said {}", "crm", text);

        List<String> lines = CapturedLog.lines();
        assertEquals(1, lines.size());
        String line = lines.get(0);
        assertTrue(line.startsWith("WARN io.trunkline.test crm said "), line);
        assertTrue(line.codePoints().noneMatch(RedactionTest::forging) && !line.contains("${"), line);
    }

    private static boolean forging(int character) {
        int type = Character.getType(character);
        return Character.isISOControl(character)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    @Test
    void T46_fieldOfAMegabyte_isCutAndTakesNoTime() {
        for (String hostile : List.of("x", "1", "a@", "@", "+1 ", "token=", "1.1.1.", "\n", "bearer ", "aA1-")) {
            String text = hostile.repeat(1 << 20);

            String masked = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Masking.mask(text));

            assertTrue(masked.length() <= 1_024, hostile + " " + masked.length());
        }
    }

    @Test
    void log_argumentsOfEachLevel_areMaskedAndCountsAreNot() {
        MaskedLog log = MaskedLog.of(RedactionTest.class);
        log.debug("{} {}", Canary.phone(), 1_234_567L);
        log.info("{} {}", Canary.email(), Duration.ofDays(1));
        log.warn("{} {} {}", null, IllegalStateException.class, ErrorKind.TIMEOUT);
        log.warn("nothing");

        List<String> lines = CapturedLog.lines();
        assertTrue(lines.get(0).endsWith(" 1234567"), lines::toString);
        assertTrue(lines.get(1).endsWith(" PT24H"), lines::toString);
        assertTrue(lines.get(2).endsWith("null java.lang.IllegalStateException TIMEOUT"), lines::toString);
        assertTrue(log.debugs());
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void exception_withDataInItsSentence_doesNotShowIt(ErrorKind kind) {
        String sentence = "no contact " + Canary.phone() + " or " + Canary.email() + " by token=" + Canary.secret()
                + "\r\nINFO all is well";

        RuntimeException thrown = Leaks.saw(Failures.of(sentence, ErrorContext.of("crm", "contacts.get", kind)));

        assertEquals(1, thrown.getMessage().lines().count());
        assertTrue(thrown.getMessage().startsWith("crm contacts.get: no contact ***"), thrown::getMessage);
    }

    @Test
    void log_lines_areWrittenInOnePlaceOnly() {
        ArchRuleDefinition.noClasses()
                .that()
                .doNotHaveFullyQualifiedName(MaskedLog.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.slf4j..")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .withImportOption(location -> !location.contains("/checks/"))
                        .importPackages("io.trunkline"));
    }
}
