package io.trunkline.crm.salesforce;

import io.trunkline.crm.CallOpening;
import io.trunkline.crm.CallSummary;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The description of a call: paragraphs that are added to what stands there. Agents write in the same field, so nothing
 * is replaced, and what stands there already is not added again.
 */
final class SalesforceCallText {

    private static final int LONGEST = 32_000;
    private static final String GAP = "\n\n";

    private SalesforceCallText() {}

    /** What a call begins with: the task has no field of its own for either. */
    static String opened(CallOpening call) {
        return call.customer().e164() + " " + call.startedAt();
    }

    /** The paragraphs of a summary; the longest comes last, so that it is the one to be cut. */
    static List<String> paragraphs(CallSummary summary) {
        return Stream.of(
                        summary.notes(),
                        summary.recording().map(URI::toString),
                        summary.endedAt().map(ended -> "Ended " + ended),
                        summary.transcript())
                .flatMap(Optional::stream)
                .map(text -> text.replace("\r\n", "\n").strip())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** The description with the paragraphs that it lacks, or empty where it has them all or is full. */
    static Optional<String> added(String description, List<String> paragraphs) {
        String before = description.replace("\r\n", "\n").strip();
        String text = before;
        for (String paragraph : paragraphs) {
            if (!(GAP + text + GAP).contains(GAP + paragraph + GAP)) {
                text = cut(text.isEmpty() ? paragraph : text + GAP + paragraph, LONGEST)
                        .strip();
            }
        }
        return text.equals(before) || text.length() <= before.length() ? Optional.empty() : Optional.of(text);
    }

    /** The first characters of a text, never half of one. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }
}
