package io.trunkline.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Card numbers and security codes in what is to be kept. */
final class PaymentCardsTest {

    private static final String[] BEGINNINGS = {"4", "51", "2221", "34", "37", "36", "6011", "62", "3528", "5018"};
    private static final int[] LENGTHS = {16, 16, 16, 15, 15, 14, 16, 19, 16, 13};

    /** Luhn's check, written the other way round from the library's: by adding a digit, not by testing one. */
    private static String card(Random random, int kind) {
        StringBuilder digits = new StringBuilder(BEGINNINGS[kind]);
        while (digits.length() < LENGTHS[kind] - 1) {
            digits.append(random.nextInt(10));
        }
        int sum = 0;
        for (int i = digits.length() - 1, place = 0; i >= 0; i--, place++) {
            int digit = digits.charAt(i) - '0';
            int weighted = place % 2 == 0 ? digit * 2 : digit;
            sum += weighted / 10 + weighted % 10;
        }
        return digits.append((10 - sum % 10) % 10).toString();
    }

    private static String grouped(String card, String separator) {
        return card.replaceAll("(\\d{4})(?=\\d)", "$1" + separator);
    }

    @Test
    void T54_cards_keepSixAndFourDigits() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String card = card(random, i % BEGINNINGS.length);
            for (String separator : new String[] {"", " ", "-", "\u00a0", "."}) {
                String masked = PaymentCards.mask("my card " + grouped(card, separator) + ", please");

                String digits = masked.replaceAll("[^0-9*]", "");
                String hidden =
                        card.substring(0, 6) + "*".repeat(card.length() - 10) + card.substring(card.length() - 4);
                assertEquals(hidden, digits, "seed " + seed);
                assertFalse(masked.contains(card), masked);
                assertTrue(masked.startsWith("my card ") && masked.endsWith(", please"), masked);
            }
        }
    }

    @Test
    void T54_lookAlikes_stayAsTheyAre() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String card = card(random, i % BEGINNINGS.length);
            int last = card.charAt(card.length() - 1) - '0';
            String other = card.substring(0, card.length() - 1) + (last + 1 + random.nextInt(9)) % 10;
            for (String text : new String[] {
                "order " + other,
                "order " + grouped(other, " "),
                "+" + other.substring(0, 12),
                "x" + other.substring(0, 9)
            }) {
                assertEquals(text, PaymentCards.mask(text), "seed " + seed);
            }
        }
        assertEquals("0000 0000 0000 0000", PaymentCards.mask("0000 0000 0000 0000"));
        assertEquals("1".repeat(40), PaymentCards.mask("1".repeat(40)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CVV 123 | CVV ***",
                "cvc2: 1234. | cvc2: ***.",
                "the security code is 1 2 3 | the security code is ***",
                "\"cvv\":\"999\" | \"cvv\":\"***\"",
                "CID=0000 | CID=***",
                "card verification value was 321 ok | card verification value was *** ok",
                "\u5b89\u5168\u7801\uff1a123 | \u5b89\u5168\u7801\uff1a***",
                "\u5b89\u5168\u7801\u662f456 | \u5b89\u5168\u7801\u662f***"
            })
    void T54_securityCode_isLeftOutAltogether(String text, String expected) {
        assertEquals(expected, PaymentCards.mask(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"room 123", "code 12345", "cvv 12", "cvv 12345", "civil 123", "decide 123", "4 of 5", ""})
    void T54_otherNumbers_stayAsTheyAre(String text) {
        assertEquals(text, PaymentCards.mask(text));
    }

    @Test
    void T54_cardAndCodeInOneSentence_areBothGone() {
        assertEquals(
                "it is 411111******1111 expiring 12/29 and the cvv is ***",
                PaymentCards.mask("it is 4111111111111111 expiring 12/29 and the cvv is 737"));
    }

    @Test
    void mask_longTranscript_takesNoTime() {
        for (String hostile : new String[] {"1 ", "4111 ", "cvv ", "1", "- ", "security code is is is "}) {
            String text = hostile.repeat(200_000);
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> PaymentCards.mask(text));
        }
    }

    @Test
    void mask_otherDigits_areCardsToo() {
        assertEquals(
                "\uff14\uff11\uff11\uff11\uff11\uff11******\uff11\uff11\uff11\uff11",
                PaymentCards.mask("\uff14" + "\uff11".repeat(15)));
    }
}
