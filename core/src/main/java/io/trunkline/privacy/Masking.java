package io.trunkline.privacy;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces what may identify a person or open a door in a text of unknown origin: mail addresses, telephone, card and
 * identity numbers, and tokens. The last two characters of a number stay, so that two lines can be told to speak of
 * different ones. It errs on the side of masking too much.
 */
public final class Masking {

    private static final int LONGEST = 1_000;

    /** What begins another line somewhere, or writes in another direction. */
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cntrl}\\u0085\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff]");

    private static final Pattern EMAIL =
            Pattern.compile("[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}[@\\uff20][\\p{L}\\p{N}.-]{1,255}");
    /** Looked for from the begin of a word only: from every letter it would take a log line the most of its time. */
    private static final Pattern NAMED = Pattern.compile(
            "(?i)(?<![\\w-])([\\w-]*(?:token|secret|passw(?:or)?d|passwd|pwd|api[_-]?key|authorization|cookie|signature)"
                    + "[\"']?\\s*[:=]\\s*[\"']?)((?:bearer|basic|digest|token)\\s+)?[^\\s\"'&,;]+");

    private static final Pattern SCHEME = Pattern.compile("(?i)\\b(bearer|basic)\\s+(?!auth)[^\\s\"']+");
    private static final Pattern IDENTITY =
            Pattern.compile("(?<![A-Za-z\\p{Nd}])\\p{Nd}{17}[\\p{Nd}Xx](?![A-Za-z\\p{Nd}])");
    /** Names of words with a digit here and there, such as those of artifacts, open no door. */
    private static final String NAME = "(?![a-z]+\\d{0,2}[a-z]*(?:-[a-z]+\\d{0,2}[a-z]*)+(?![A-Za-z0-9_/+=-]))";

    private static final Pattern OPAQUE =
            Pattern.compile("(?<![A-Za-z0-9_/+=-])" + NAME + "(?=[A-Za-z0-9_/+=-]*\\d)[A-Za-z0-9_/+=-]{24,}");

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";

    /** Internet addresses of four numbers stay: without them no failure of a network can be understood. */
    private static final Pattern NUMBER = Pattern.compile("(?<![\\d.])(" + OCTET + "(?:\\." + OCTET + "){3})(?!\\.?\\d)"
            + "|[+\\uff0b]?\\p{Nd}(?:[\\p{Zs} ()./\\u00b7\\p{Pd}]{0,3}\\p{Nd}){5,24}");

    private Masking() {}

    /** The text without what it should not hold, in one line; cut at 1000 characters. */
    public static String mask(String text) {
        String line = cut(text);
        String masked = emails(CONTROL.matcher(line).replaceAll(" "));
        masked = NAMED.matcher(masked).replaceAll("$1***");
        masked = SCHEME.matcher(masked).replaceAll("$1 ***");
        masked = IDENTITY.matcher(masked).replaceAll(match -> tail(match.group()));
        masked = OPAQUE.matcher(masked).replaceAll(match -> tail(match.group()));
        masked = NUMBER.matcher(masked).replaceAll(Masking::number);
        return cut(masked.replace("${", "$ {"));
    }

    private static String cut(String text) {
        return text.length() > LONGEST + 3 ? text.substring(0, LONGEST) + "..." : text;
    }

    private static String emails(String line) {
        boolean none = line.indexOf('@') < 0 && line.indexOf('\uff20') < 0;
        return none ? line : EMAIL.matcher(line).replaceAll(Masking::email);
    }

    private static String email(MatchResult match) {
        String address = match.group().replace('\uff20', '@');
        return Matcher.quoteReplacement("***" + address.substring(address.indexOf('@')));
    }

    private static String number(MatchResult match) {
        return match.group(1) == null ? tail(match.group()) : match.group(1);
    }

    private static String tail(String text) {
        return "***" + Matcher.quoteReplacement(text.substring(text.length() - 2));
    }
}
