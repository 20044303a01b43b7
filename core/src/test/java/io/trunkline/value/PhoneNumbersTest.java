package io.trunkline.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Telephone numbers of many countries, in many ways of writing. */
final class PhoneNumbersTest {

    private static final String WRITTEN = "+0123456789 ()-./;x#,*\u0661\uff11abAB\u4f60";
    private static final PhoneNumberUtil METADATA = PhoneNumberUtil.getInstance();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AR | 011 15-2345-6789 | +5491123456789",
                "AU | 0412 345 678 | +61412345678",
                "BR | (11) 96123-4567 | +5511961234567",
                "CN | 010 6552 9988 | +861065529988",
                "CN | 0086-138-0013-8000 | +8613800138000",
                "DE | 030/123456 | +4930123456",
                "FR | 01 23 45 67 89 | +33123456789",
                "HK | 2123 4567 | +85221234567",
                "IN | 098765 43210 | +919876543210",
                "IT | 02 1234 5678 | +390212345678",
                "JP | 03-1234-5678 | +81312345678",
                "KR | 010-2000-0000 | +821020000000",
                "MX | 55 1234 5678 | +525512345678",
                "NL | 06-12345678 | +31612345678",
                "RU | 8 (912) 345-67-89 | +79123456789",
                "SG | 8123 4567 | +6581234567",
                "TW | 0912 345 678 | +886912345678",
                "US | 1-317-555-0125 | +13175550125",
                "US | 317.555.0125 | +13175550125",
                "ZA | 071 123 4567 | +27711234567",
                "ZZ | tel:+1-317-555-0125 | +13175550125"
            })
    void parse_asPeopleOfTheCountryWriteIt_isTheNumber(String region, String text, String e164) {
        PhoneNumber number = PhoneNumber.parse(text, region);

        assertEquals(e164, number.e164());
        assertEquals(region.equals("ZZ") ? "US" : region, number.region().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(chars = {'\u0660', '\u06f0', '\uff10'})
    void parse_digitsOfOtherScripts_areTheSameNumber(char zero) {
        StringBuilder written = new StringBuilder("+");
        "8613800138000".chars().forEach(digit -> written.append((char) (zero + digit - '0')));

        assertEquals("+8613800138000", PhoneNumber.parse(written.toString()).e164());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+44 20 7946 0000 x5",
                "+44 20 7946 0000 ext. 123",
                "+44 20 7946 0000;ext=5",
                "+44 20 7946 0000#5",
                "+86 10 6552 9988 \u8f6c 8001",
                "++",
                "+",
                "+999999999999",
                "+1",
                "+1 555",
                "+86",
                "0",
                "00",
                "+0044",
                "null",
                "N/A",
                "-",
                "unknown",
                "+44 (0)",
                "1' OR '1'='1",
                "<script>",
                "+1415555%0a2671",
                "../..",
                "+44\t20 7946 0000",
                "+44\n20 7946 0000",
                "+1415555267112345678901234567890"
            })
    void parse_whatIsNoNumberByItself_isRefused(String text) {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> PhoneNumber.parse(text), text);

        assertFalse(thrown.getMessage().contains(text) && text.length() > 2, thrown::getMessage);
        assertEquals(Optional.empty(), PhoneNumber.find(text, "ZZ"));
    }

    @Test
    void parse_textsOfAnyLength_areRefusedQuicklyAndNotRepeated() {
        for (String text : List.of("1".repeat(1_000_000), "+" + "(".repeat(500_000), Canary.phone() + "0".repeat(64))) {
            Leaks.saw(assertThrows(IllegalArgumentException.class, () -> PhoneNumber.parse(text)));
        }
    }

    /** The digits after the country code begin with what Australians dial to call abroad. */
    @Test
    void parse_numberThatIsAnotherWhenReadAgain_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> PhoneNumber.parse("+/61001.2a/a8a89"));
    }

    @Test
    void parse_randomTexts_giveNumbersOrRefusals() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--) {
                text.append(WRITTEN.charAt(random.nextInt(WRITTEN.length())));
            }
            Optional<PhoneNumber> number = PhoneNumber.find(text.toString(), "CN");
            number.ifPresent(found -> {
                assertTrue(found.e164().matches("\\+[1-9]\\d{3,16}"), () -> "seed " + seed + " " + text);
                assertEquals(found, PhoneNumber.parse(found.e164()), () -> "seed " + seed + " " + text);
            });
        }
    }

    /** For 1,000 numbers of all countries: what a platform stores in any usual form is found again as the same number. */
    @Test
    void in_aThousandNumbersOfAllCountries_areReadBackFromEachForm() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> regions = METADATA.getSupportedRegions().stream().sorted().toList();
        int tried = 0;
        for (int i = 0; tried < 1_000; i++) {
            String region = regions.get(i % regions.size());
            Optional<PhoneNumber> number = random(region, random);
            if (number.isPresent()) {
                tried++;
                readBack(number.get(), seed);
            }
        }
    }

    private static void readBack(PhoneNumber number, long seed) {
        String region = number.region().orElseThrow();
        for (PhoneForm form : List.of(PhoneForm.E164, PhoneForm.INTERNATIONAL, PhoneForm.NATIONAL)) {
            String stored = number.in(form);
            assertEquals(Optional.of(number), PhoneNumber.find(stored, region), () -> "seed " + seed + " " + stored);
        }
        String e164 = number.e164();
        assertEquals(e164.substring(1), number.in(PhoneForm.E164_DIGITS));
        assertEquals("00" + e164.substring(1), number.in(PhoneForm.DIALLED_00));
        assertTrue(e164.endsWith(number.in(PhoneForm.SUBSCRIBER_DIGITS)));
        assertTrue(number.in(PhoneForm.NATIONAL_DIGITS).matches("\\d+"), () -> "seed " + seed);
        Set<String> all = number.in(List.of(PhoneForm.values()));
        assertTrue(all.size() >= 4 && all.size() <= PhoneForm.values().length, all::toString);
        assertFalse(number.toString().contains(e164), "seed " + seed);
    }

    private static Optional<PhoneNumber> random(String region, Random random) {
        Phonenumber.PhoneNumber example = METADATA.getExampleNumber(region);
        if (example == null) {
            return Optional.empty();
        }
        String text = METADATA.format(example, PhoneNumberFormat.E164);
        String changed = text.substring(0, text.length() - 3) + (100 + random.nextInt(900));
        return PhoneNumber.find(changed, "ZZ")
                .filter(PhoneNumber::valid)
                .filter(number -> number.region().isPresent());
    }

    @Test
    void region_numberOfNoCountry_isEmpty() {
        assertEquals(Optional.empty(), PhoneNumber.parse("+80012345678").region());
        assertFalse(PhoneNumber.parse("+442000000000").equals(PhoneNumber.parse("+442079460000")));
        assertFalse(PhoneNumber.parse("+15555555555").valid());
    }
}
