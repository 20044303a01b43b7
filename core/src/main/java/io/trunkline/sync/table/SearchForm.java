package io.trunkline.sync.table;

import io.trunkline.value.PhoneForm;
import io.trunkline.value.PhoneNumber;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The one form in which a word is indexed, so that it is found in whatever form it was written. */
public final class SearchForm {

    private static final List<PhoneForm> FORMS = List.of(PhoneForm.values());
    private static final int FEWEST_DIGITS = 5;

    private final Function<String, Optional<String>> stored;
    private final Function<String, Set<String>> asked;

    private SearchForm(Function<String, Optional<String>> stored, Function<String, Set<String>> asked) {
        this.stored = stored;
        this.asked = asked;
    }

    /** The text itself, without blanks around it. */
    public static SearchForm text() {
        return new SearchForm(
                SearchForm::stripped, text -> stripped(text).map(Set::of).orElse(Set.of()));
    }

    /** A mail address in small letters. Domains do not tell letters apart, and hardly any mailbox does. */
    public static SearchForm email() {
        Function<String, Optional<String>> small = text -> stripped(text).map(each -> each.toLowerCase(Locale.ROOT));
        return new SearchForm(small, text -> small.apply(text).map(Set::of).orElse(Set.of()));
    }

    /**
     * A telephone number in E.164 without its extension; a text that says no number to somebody in the region is indexed by
     * its digits, and found by any form of a number that has them.
     *
     * @param region ISO 3166-1 alpha-2, such as {@code CN}
     */
    public static SearchForm phone(String region) {
        return new SearchForm(text -> phone(text, region), text -> phones(text, region));
    }

    /** The word to index for a stored text; empty if nothing would ever be looked for by it. */
    Optional<String> stored(String text) {
        return stored.apply(text);
    }

    /** The words to look for. */
    Set<String> asked(String text) {
        return asked.apply(text);
    }

    private static Optional<String> phone(String text, String region) {
        String number = PhoneNumber.withoutExtension(text);
        return PhoneNumber.find(number, region)
                .map(PhoneNumber::e164)
                .or(() -> Optional.of(digits(number)).filter(digits -> digits.length() >= FEWEST_DIGITS));
    }

    private static Set<String> phones(String text, String region) {
        Set<String> words = new LinkedHashSet<>();
        phone(text, region).ifPresent(words::add);
        PhoneNumber.find(PhoneNumber.withoutExtension(text), region)
                .ifPresent(number -> number.in(FORMS).forEach(form -> words.add(digits(form))));
        return words;
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }

    private static Optional<String> stripped(String text) {
        return Optional.of(text.strip()).filter(word -> !word.isEmpty());
    }
}
