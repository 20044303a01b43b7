package io.trunkline.ai.local;

import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is seen of a text without a model: its script, and the part of it that models read. */
final class LocalText {

    private static final int LONGEST = 2_000;
    private static final int MOST_PARTS = 8;
    private static final Pattern MARKS = Pattern.compile("[.!?;,]\\s+|[。！？；，]");
    private static final Set<UnicodeScript> KANA = Set.of(UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA);

    private LocalText() {}

    /** Chinese by its script, which no model tells better; kana would make it Japanese. All else is read as English. */
    static String model(String text) {
        long letters = text.codePoints().filter(Character::isLetter).count();
        boolean kana = text.codePoints().mapToObj(UnicodeScript::of).anyMatch(KANA::contains);
        long han = count(text, UnicodeScript.HAN);
        return han > 0 && !kana && han * 4 >= letters ? "zh" : "en";
    }

    /** Whether no model here can read the script: the answer is then a guess. */
    static boolean foreign(String text) {
        long letters = text.codePoints().filter(Character::isLetter).count();
        long read = model(text).equals("zh")
                ? count(text, UnicodeScript.HAN) + count(text, UnicodeScript.LATIN)
                : count(text, UnicodeScript.LATIN);
        return read * 2 < letters;
    }

    static boolean tooLong(String text) {
        return text.length() > LONGEST;
    }

    /** The beginning, where customers say what they want. */
    static String head(String text) {
        if (!tooLong(text)) {
            return text;
        }
        return text.substring(0, Character.isLowSurrogate(text.charAt(LONGEST)) ? LONGEST - 1 : LONGEST);
    }

    /** The end, where customers say how they feel by now. */
    static String tail(String text) {
        if (!tooLong(text)) {
            return text;
        }
        int start = text.length() - LONGEST;
        return text.substring(Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start);
    }

    /** The text and its first parts between marks, because what is wanted is often one of them. */
    static List<String> parts(String text) {
        List<String> parts = Stream.of(MARKS.split(text, MOST_PARTS))
                .map(String::strip)
                .filter(part -> part.codePoints().anyMatch(Character::isLetter))
                .toList();
        return parts.size() < 2
                ? List.of(text)
                : Stream.concat(Stream.of(text), parts.stream()).toList();
    }

    private static long count(String text, UnicodeScript script) {
        return text.codePoints()
                .filter(c -> Character.isLetter(c) && UnicodeScript.of(c) == script)
                .count();
    }
}
