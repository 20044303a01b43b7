package io.trunkline.crm.requesttracker;

import io.trunkline.crm.CallOpening;
import io.trunkline.crm.CallSummary;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of a call, as paragraphs of comments; what was said already is not said again. */
final class RequestTrackerCallText {

    private static final String GAP = "\n\n";

    private RequestTrackerCallText() {}

    /** What a call begins with. */
    static String opened(CallOpening call) {
        return call.direction().name().toLowerCase(Locale.ROOT) + " "
                + call.customer().e164() + " " + call.startedAt();
    }

    /** The paragraphs of a summary; the longest comes last. */
    static List<String> paragraphs(CallSummary summary) {
        return Stream.of(
                        summary.talked().map(talked -> "Talked " + talked.toSeconds() + " s"),
                        summary.disposition().map(disposition -> "Disposition " + disposition),
                        summary.endedAt().map(ended -> "Ended " + ended),
                        summary.recording().map(URI::toString),
                        summary.notes(),
                        summary.transcript())
                .flatMap(Optional::stream)
                .map(RequestTrackerCallText::plain)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** The paragraphs that nobody has said yet, or empty where all were. */
    static Optional<String> lacking(List<String> paragraphs, List<String> said) {
        String before = GAP + said.stream().map(RequestTrackerCallText::plain).collect(Collectors.joining(GAP)) + GAP;
        String text = paragraphs.stream()
                .distinct()
                .filter(paragraph -> !before.contains(GAP + paragraph + GAP))
                .collect(Collectors.joining(GAP));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String plain(String text) {
        return text.replace("\r\n", "\n").strip();
    }
}
