package io.trunkline.privacy;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes payment cards out of what is to be kept or passed on, such as a transcript: of a card's number the first six and
 * the last four digits stay, as PCI DSS allows, and a security code goes altogether. Numbers whose check digit does not
 * fit are no cards and stay as they are.
 */
public final class PaymentCards {

    private static final Pattern CANDIDATE =
            Pattern.compile("(?<!\\p{Nd})\\p{Nd}(?:[\\p{Zs}\\p{Pd}.]{0,2}\\p{Nd}){12,18}(?!\\p{Nd})");
    private static final Pattern SECURITY_CODE = Pattern.compile(
            "(?i)((?:\\b(?:cvv2?|cvc2?|cav2?|cid|csc|security code|card verification (?:value|code))"
                    + "|\u5b89\u5168\u7801|\u9a8c\u8bc1\u7801)[\"']?(?:\\s*(?:is|was|number|[:=\uff1a\u662f]))*\\s*[\"']?)\\p{Nd}(?:[\\p{Zs}]?\\p{Nd}){2,3}(?!\\p{Nd})");

    private PaymentCards() {}

    /** The text with card numbers masked and security codes left out. */
    public static String mask(String text) {
        String masked = CANDIDATE.matcher(text).replaceAll(PaymentCards::card);
        return SECURITY_CODE.matcher(masked).replaceAll("$1***");
    }

    private static String card(MatchResult match) {
        String written = match.group();
        int[] digits = written.codePoints()
                .filter(Character::isDigit)
                .map(digit -> Character.digit(digit, 10))
                .toArray();
        return Matcher.quoteReplacement(checks(digits) ? hidden(written, digits.length) : written);
    }

    /** The check of ISO/IEC 7812: every second digit from the right is doubled, and the sum ends in zero. */
    private static boolean checks(int[] digits) {
        int sum = 0;
        int any = 0;
        for (int i = 0; i < digits.length; i++) {
            boolean doubled = (digits.length - i) % 2 == 0;
            int value = doubled ? 2 * digits[i] : digits[i];
            sum += value > 9 ? value - 9 : value;
            any |= digits[i];
        }
        return sum % 10 == 0 && any != 0;
    }

    private static String hidden(String written, int count) {
        StringBuilder text = new StringBuilder();
        int seen = 0;
        for (int i = 0; i < written.length(); i += Character.charCount(written.codePointAt(i))) {
            int character = written.codePointAt(i);
            boolean digit = Character.isDigit(character);
            seen += digit ? 1 : 0;
            text.appendCodePoint(digit && seen > 6 && seen <= count - 4 ? '*' : character);
        }
        return text.toString();
    }
}
