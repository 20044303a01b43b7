package io.trunkline.value;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An exact amount of one currency.
 *
 * @param amount exact, at the scale that the platform gave; {@code 10} and {@code 10.00} are not equal, compare with
 *     {@link #compareTo}
 * @param currency ISO 4217
 */
public record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {

    private static final int MOST_DIGITS = 64;

    /**
     * Checks the amount: one of absurd size would take gigabytes to print.
     *
     * @throws IllegalArgumentException if it has more than 64 digits before or after the point
     */
    public Money {
        long whole = (long) amount.precision() - amount.scale();
        if (Math.abs((long) amount.scale()) > MOST_DIGITS || whole > MOST_DIGITS) {
            throw new IllegalArgumentException("amount must have at most 64 digits before and after the point");
        }
    }

    /**
     * An amount from text.
     *
     * @param amount decimal digits, such as {@code 19.90}, at most 64 characters
     * @param currencyCode ISO 4217 letters, such as {@code CNY}
     * @throws IllegalArgumentException if the amount is not a number or the currency is unknown
     */
    public static Money of(String amount, String currencyCode) {
        if (amount.length() > MOST_DIGITS) {
            throw new IllegalArgumentException("amount must be at most 64 characters");
        }
        return new Money(number(amount), known(currencyCode));
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("amount must be a decimal number");
        }
    }

    private static Currency known(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("currency must be a code of ISO 4217 in capitals, such as CNY");
        }
    }

    /**
     * The sum.
     *
     * @throws IllegalArgumentException if the currencies differ
     */
    public Money plus(Money other) {
        requireSameCurrency(other);
        return new Money(amount.add(other.amount), currency);
    }

    /**
     * The difference.
     *
     * @throws IllegalArgumentException if the currencies differ
     */
    public Money minus(Money other) {
        requireSameCurrency(other);
        return new Money(amount.subtract(other.amount), currency);
    }

    /**
     * Compares by value.
     *
     * @throws IllegalArgumentException if the currencies differ
     */
    @Override
    public int compareTo(Money other) {
        requireSameCurrency(other);
        return amount.compareTo(other.amount);
    }

    /** The amount and the currency's code, such as {@code 19.90 CNY}. */
    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency.getCurrencyCode();
    }

    private void requireSameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("currencies differ: " + currency + " and " + other.currency);
        }
    }
}
