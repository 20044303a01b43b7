package io.trunkline.privacy;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces what may identify a person or open a door in a text of unknown origin: mail addresses, telephone, card and
 * identity numbers, and tokens. The last two characters of a number stay, so that two lines can be told to speak of
 * different ones. It errs on the side of masking too much.
 */
public final class Masking {

    private static final int LONGEST = 2_000;
    private static final Pattern EMAIL = Pattern.compile("[\\p{L}\\p{N}._%+'-]{1,64}@[\\p{L}\\p{N}.-]{1,255}");
    private static final Pattern CREDENTIAL = Pattern.compile(
            "(?i)\\b(bearer|basic|token|secret|password|passwd|api[_-]?key|authorization)(\\s*[:=]?\\s*)\\S+");
    private static final Pattern IDENTITY = Pattern.compile("(?<![\\p{L}\\d])\\d{17}[\\dXx](?![\\p{L}\\d])");
    private static final Pattern NUMBER = Pattern.compile("\\+?\\d(?:[ ()./-]{0,2}\\d){5,24}");
    private static final Pattern OPAQUE = Pattern.compile("(?=[A-Za-z0-9_/+=-]*\\d)[A-Za-z0-9_/+=-]{24,}");
    private static final List<Pattern> IN_ORDER = List.of(IDENTITY, OPAQUE, NUMBER);

    private Masking() {}

    /** The text without what it should not hold; cut at 2000 characters, control characters replaced. */
    public static String mask(String text) {
        String line = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        String masked = EMAIL.matcher(line.replaceAll("\\p{Cntrl}", " ")).replaceAll(Masking::email);
        masked = CREDENTIAL.matcher(masked).replaceAll("$1$2***");
        for (Pattern pattern : IN_ORDER) {
            masked = pattern.matcher(masked).replaceAll(match -> tail(match.group()));
        }
        return masked;
    }

    private static String email(MatchResult match) {
        String address = match.group();
        return Matcher.quoteReplacement("***" + address.substring(address.indexOf('@')));
    }

    private static String tail(String text) {
        return "***" + Matcher.quoteReplacement(text.substring(text.length() - 2));
    }
}
