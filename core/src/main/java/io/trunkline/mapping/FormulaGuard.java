package io.trunkline.mapping;

/**
 * The apostrophe that keeps a spreadsheet from running a text as a formula, and the way back. A text gets one if what
 * follows its own apostrophes would be run; numbers with a sign are left as they are. So nothing is lost: {@code
 * original(guarded(text))} is the text, whatever it is.
 */
public final class FormulaGuard {

    private static final String STARTS = "=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20";

    private FormulaGuard() {}

    /** The text as a cell that does not act. */
    public static String guarded(String text) {
        return acts(text) ? "'" + text : text;
    }

    /** The text that a guarded cell was made of. */
    public static String original(String cell) {
        return cell.startsWith("'") && acts(cell) ? cell.substring(1) : cell;
    }

    private static boolean acts(String text) {
        int start = 0;
        while (start < text.length() && text.charAt(start) == '\'') {
            start++;
        }
        return start < text.length() && STARTS.indexOf(text.charAt(start)) >= 0 && !number(text, start);
    }

    private static boolean number(String text, int start) {
        char sign = text.charAt(start);
        int point = pastDigits(text, start + 1);
        if ((sign != '+' && sign != '-') || point == start + 1) {
            return false;
        }
        boolean fraction = point < text.length() - 1 && text.charAt(point) == '.';
        return (fraction ? pastDigits(text, point + 1) : point) == text.length();
    }

    private static int pastDigits(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
