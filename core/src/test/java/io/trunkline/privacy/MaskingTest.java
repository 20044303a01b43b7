package io.trunkline.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MaskingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no contact for ada.l+x@example.test found | no contact for ***@example.test found",
                "To +44 7700 900123 failed | To ***23 failed",
                "number 13800138000 | number ***00",
                "card 4111 1111 1111 1111 expired | card ***11 expired",
                "id 11010519491231002X | id ***2X",
                "Authorization: Bearer abc.def | Authorization: ***",
                "sent Bearer abc.def again | sent Bearer *** again",
                "{\"access_token\":\"a.b\"} | {\"access_token\":\"***\"}",
                "the refresh token was refused | the refresh token was refused",
                "password=hunter2 | password=***",
                "status 404 in 12 ms | status 404 in 12 ms"
            })
    void mask_whatIdentifiesAPerson_isReplaced(String text, String expected) {
        assertEquals(expected, Masking.mask(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00DxxSESSION123!AQ4AQFtoken99999999999", "sk-proj-abcdefghijklmnop1234567890"})
    void mask_longOpaqueToken_isReplaced(String token) {
        assertFalse(Masking.mask("refused " + token).contains(token.substring(4, 30)));
    }

    @Test
    void mask_lineBreaks_cannotForgeALogLine() {
        assertEquals("a b", Masking.mask("a\nb"));
    }

    @Test
    void mask_longText_isCut() {
        assertEquals(1003, Masking.mask("x".repeat(10_000)).length());
    }
}
