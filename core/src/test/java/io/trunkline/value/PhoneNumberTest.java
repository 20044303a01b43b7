package io.trunkline.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PhoneNumberTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+8613800138000 | ZZ | +8613800138000",
                "138 0013 8000 | CN | +8613800138000",
                "(415) 555-2671 | US | +14155552671",
                "00 44 20 7946 0000 | FR | +442079460000",
                "020 7946 0000 | GB | +442079460000",
                "+39 06 6982 | ZZ | +39066982",
                "+4930123456 | ZZ | +4930123456"
            })
    void parse_waysInWhichPeopleWriteIt_areOneNumber(String text, String region, String e164) {
        assertEquals(e164, PhoneNumber.parse(text, region).e164());
        assertEquals(PhoneNumber.parse(e164), PhoneNumber.parse(text, region));
        assertEquals(
                PhoneNumber.parse(e164).hashCode(),
                PhoneNumber.parse(text, region).hashCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "12",
                "13800138000",
                "+0",
                "+44",
                "+44 20 7946 0000 ext. 5",
                "+1415555267112345678",
                "+14155552671\r\nX-Evil: 1",
                "+1415555\u00002671",
                "'; DROP TABLE contacts; --"
            })
    void parse_whatIsNoNumber_isRefusedWithoutRepeatingIt(String text) {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> PhoneNumber.parse(text));

        assertFalse(text.length() > 3 && thrown.getMessage().contains(text));
        assertEquals(Optional.empty(), PhoneNumber.find(text, "ZZ"));
    }

    @Test
    void toString_ofANumber_isMasked() {
        Leaks.printed(PhoneNumber.parse(Canary.phone()));

        assertEquals("+44********23", PhoneNumber.parse("+447700900123").toString());
    }

    @ParameterizedTest
    @CsvSource({
        "E164,+442079460000",
        "E164_DIGITS,442079460000",
        "DIALLED_00,00442079460000",
        "INTERNATIONAL,+44 20 7946 0000",
        "NATIONAL,020 7946 0000",
        "NATIONAL_DIGITS,02079460000",
        "SUBSCRIBER_DIGITS,2079460000",
        "INTERNATIONAL_BRACKETED,+44 020 7946 0000"
    })
    void in_eachForm_isAsPlatformsStoreIt(PhoneForm form, String expected) {
        assertEquals(expected, PhoneNumber.parse("+442079460000").in(form));
    }

    @ParameterizedTest
    @EnumSource(PhoneForm.class)
    void in_anyFormWithItsRegion_canBeReadBack(PhoneForm form) {
        PhoneNumber number = PhoneNumber.parse("+8613800138000");
        String stored = number.in(form);

        if (form != PhoneForm.E164_DIGITS && form != PhoneForm.INTERNATIONAL_BRACKETED) {
            assertEquals(Optional.of(number), PhoneNumber.find(stored, "CN"), stored);
        }
    }

    @Test
    void in_severalForms_givesEachOnce() {
        Set<String> forms =
                PhoneNumber.parse("+442079460000").in(List.of(PhoneForm.E164, PhoneForm.E164, PhoneForm.NATIONAL));

        assertEquals(List.of("+442079460000", "020 7946 0000"), List.copyOf(forms));
    }

    @Test
    void region_ofANumber_isItsCountry() {
        assertEquals(Optional.of("CN"), PhoneNumber.parse("+8613800138000").region());
        assertTrue(PhoneNumber.parse("+442079460000").valid());
    }
}
