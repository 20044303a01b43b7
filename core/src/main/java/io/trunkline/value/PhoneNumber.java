package io.trunkline.value;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A telephone number in E.164. It prints masked; {@link #e164()} gives the number itself.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-E.164/">ITU-T E.164</a>
 */
public final class PhoneNumber {

    private static final int LONGEST_INPUT = 64;
    private static final Pattern EXTENSION =
            Pattern.compile("\\s*(?:x|ext\\.?|extension|#|;ext=|,)\\s*[0-9]{1,8}\\s*", Pattern.CASE_INSENSITIVE);

    private final String e164;
    private final Phonenumber.PhoneNumber parsed;

    private PhoneNumber(Phonenumber.PhoneNumber parsed) {
        this.parsed = parsed;
        this.e164 = metadata().format(parsed, PhoneNumberFormat.E164);
    }

    /**
     * The number that an international text says.
     *
     * @param international starts with {@code +} and the country code; spaces, brackets and hyphens are allowed
     * @throws IllegalArgumentException if the text is not a possible number; the message does not repeat the text
     */
    public static PhoneNumber parse(String international) {
        return parse(international, "ZZ");
    }

    /**
     * The number that a text says to somebody in a region.
     *
     * @param text international, or as dialled inside the region
     * @param region ISO 3166-1 alpha-2, such as {@code CN}
     * @throws IllegalArgumentException if the text is not a possible number; the message does not repeat the text
     */
    public static PhoneNumber parse(String text, String region) {
        if (text.length() > LONGEST_INPUT || text.chars().anyMatch(Character::isISOControl)) {
            throw notANumber();
        }
        try {
            Phonenumber.PhoneNumber parsed = metadata().parse(text, region);
            if (parsed.hasExtension() || !metadata().isPossibleNumber(parsed)) {
                throw notANumber();
            }
            PhoneNumber number = new PhoneNumber(parsed);
            // Some possible numbers begin with a trunk prefix and are another number when they are read again.
            if (!number.e164.equals(new PhoneNumber(metadata().parse(number.e164, region)).e164)) {
                throw notANumber();
            }
            return number;
        } catch (NumberParseException e) {
            throw notANumber();
        }
    }

    /** The number that a platform's free text says, or empty where it says none; for data that may be anything. */
    public static Optional<PhoneNumber> find(String text, String region) {
        try {
            return Optional.of(parse(text.strip(), region));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A platform's free text without the extension behind the number. */
    public static String withoutExtension(String text) {
        Matcher extension = EXTENSION.matcher(text);
        int start = -1;
        while (extension.find()) {
            start = extension.end() == text.length() ? extension.start() : start;
        }
        return start < 0 ? text : text.substring(0, start);
    }

    /** The number with {@code +} and country code, digits only, such as {@code +8613800138000}. */
    public String e164() {
        return e164;
    }

    /** The region that the number belongs to (ISO 3166-1 alpha-2), or empty for a number of no single region. */
    public Optional<String> region() {
        return Optional.ofNullable(metadata().getRegionCodeForNumber(parsed)).filter(code -> code.length() == 2);
    }

    /** Whether the number is one that the region has really given out, by the numbering plan. */
    public boolean valid() {
        return metadata().isValidNumber(parsed);
    }

    /** The number as a platform would store it in the given form. */
    public String in(PhoneForm form) {
        return switch (form) {
            case E164 -> e164;
            case E164_DIGITS -> e164.substring(1);
            case DIALLED_00 -> "00" + e164.substring(1);
            case INTERNATIONAL -> metadata().format(parsed, PhoneNumberFormat.INTERNATIONAL);
            case NATIONAL -> national();
            case NATIONAL_DIGITS -> PhoneNumberUtil.normalizeDigitsOnly(national());
            case SUBSCRIBER_DIGITS -> metadata().getNationalSignificantNumber(parsed);
            case INTERNATIONAL_BRACKETED -> "+" + parsed.getCountryCode() + " " + national();
        };
    }

    /** The number in each of the given forms, without repetition, in the order given. */
    public Set<String> in(Collection<PhoneForm> forms) {
        Set<String> texts = new LinkedHashSet<>();
        forms.forEach(form -> texts.add(in(form)));
        return texts;
    }

    /** Whether the other object is the same number. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PhoneNumber number && e164.equals(number.e164);
    }

    /** By the number. */
    @Override
    public int hashCode() {
        return e164.hashCode();
    }

    /** The number with its middle hidden, such as {@code +86*******00}. */
    @Override
    public String toString() {
        String country = "+" + parsed.getCountryCode();
        int hidden = Math.max(0, e164.length() - country.length() - 2);
        return country + "*".repeat(hidden) + e164.substring(e164.length() - 2);
    }

    private String national() {
        return metadata().format(parsed, PhoneNumberFormat.NATIONAL);
    }

    private static PhoneNumberUtil metadata() {
        return PhoneNumberUtil.getInstance();
    }

    private static IllegalArgumentException notANumber() {
        return new IllegalArgumentException(
                "phone number must be a possible number with its country code, such as +441632960000");
    }
}
