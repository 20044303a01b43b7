package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.ai.Disposition;
import io.trunkline.ai.Entity;
import io.trunkline.ai.Intent;
import io.trunkline.ai.IntentCandidate;
import io.trunkline.ai.LanguageAnalyzer;
import io.trunkline.ai.Provenance;
import io.trunkline.ai.Sentiment;
import io.trunkline.ai.Summary;
import io.trunkline.ai.Turn;
import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.value.CallOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every connector that offers {@link LanguageAnalyzer} must do, in this process or over a wire, beside
 * {@link ConnectionContract}: whatever the model says, the answer stays within what was allowed.
 */
public abstract class LanguageAnalyzerContract extends ConnectionContract<RunningPlatform> {

    private static final List<Turn> TALK = List.of(
            Turn.agent("Good morning, how can I help?"),
            Turn.customer("My line is dead again and I want to cancel order A-42!"));
    private static final String TEXT = "I want to cancel order A-42";
    private static final List<IntentCandidate> CANDIDATES =
            List.of(IntentCandidate.of("cancel", "I want to cancel"), IntentCandidate.of("fault", "My line is broken"));
    private static final Set<String> CODES = Set.of("SOLVED", "OPEN");

    /** For subclasses. */
    protected LanguageAnalyzerContract() {}

    @Test
    final void language_declaredCapabilities_workAndOthersThrowFirst() {
        declaredWorksUndeclaredThrows(LanguageAnalyzer.class, probes());
    }

    @Test
    final void language_platformSilent_endAtTheDeadline() {
        deadlinesHold(LanguageAnalyzer.class, probes());
    }

    @Test
    final void sentiment_conversation_liesInItsRangesAndSaysWhereFrom() {
        LanguageAnalyzer language = offering(LanguageAnalyzer.class, LanguageAnalyzer.SENTIMENT);
        String said = Canary.text();

        Sentiment sentiment = language.sentiment(List.of(Turn.customer("I am angry! " + said)));

        assertTrue(Math.abs(sentiment.score()) <= 1);
        named(sentiment.from());
        Leaks.printed(sentiment);
        refusedUnsent("an empty conversation", () -> language.sentiment(List.of()));
        refusedUnsent("a conversation of blanks", () -> language.sentiment(List.of(Turn.customer("  "))));
    }

    @Test
    final void intent_text_isACandidateOrNone() {
        LanguageAnalyzer language = offering(LanguageAnalyzer.class, LanguageAnalyzer.INTENT);

        Intent intent = language.intent(TEXT, CANDIDATES);

        Set<String> names = Set.of("cancel", "fault");
        assertTrue(intent.name().map(names::contains).orElse(true), intent::toString);
        assertTrue(names.containsAll(intent.scores().keySet()));
        probable(intent.confidence());
        named(intent.from());
        refusedUnsent("a text without candidates", () -> language.intent(TEXT, List.of()));
        refusedUnsent("a blank text", () -> language.intent(" ", CANDIDATES));
    }

    @Test
    final void entities_text_standInItAndAreOfTheTypes() {
        LanguageAnalyzer language = offering(LanguageAnalyzer.class, LanguageAnalyzer.ENTITIES);

        List<Entity> found = language.entities(TEXT, Set.of("order")).found();

        found.forEach(entity -> {
            assertEquals("order", entity.type());
            assertTrue(TEXT.contains(entity.text()) && !entity.text().isBlank(), entity::text);
        });
        refusedUnsent("a text without types", () -> language.entities(TEXT, Set.of()));
        refusedUnsent("a blank text", () -> language.entities("", Set.of("order")));
    }

    @Test
    final void summarise_wholeAndInPieces_saysSomething() {
        LanguageAnalyzer language = offering(LanguageAnalyzer.class, LanguageAnalyzer.SUMMARY);
        Summary summary = language.summarise(TALK);
        assertFalse(summary.text().isBlank());
        named(summary.from());
        refusedUnsent("an empty conversation", () -> language.summarise(List.of()));

        offering(LanguageAnalyzer.class, LanguageAnalyzer.STREAM);
        List<String> pieces = new ArrayList<>();
        Summary streamed = language.summarise(TALK, pieces::add);

        assertEquals(streamed.text(), String.join("", pieces));
        assertFalse(streamed.text().isBlank());
        refusedUnsent("an empty conversation", () -> language.summarise(List.of(), pieces::add));
    }

    @Test
    final void summarise_listenerFails_passesItOn() {
        LanguageAnalyzer language = offering(LanguageAnalyzer.class, LanguageAnalyzer.STREAM);

        assertThrows(
                IllegalStateException.class,
                () -> language.summarise(TALK, piece -> {
                    throw new IllegalStateException("the screen is gone");
                }));
    }

    @Test
    final void disposition_conversation_isOneOfTheCodes() {
        LanguageAnalyzer language = offering(LanguageAnalyzer.class, LanguageAnalyzer.DISPOSITION);

        Disposition disposition = language.disposition(TALK, CODES);

        assertTrue(CODES.contains(disposition.code()), disposition::code);
        probable(disposition.confidence());
        named(disposition.from());
        refusedUnsent("no codes", () -> language.disposition(TALK, Set.of()));
        refusedUnsent("an empty conversation", () -> language.disposition(List.of(), CODES));
    }

    @Test
    final void detectLanguage_text_isACode() {
        LanguageAnalyzer language = offering(LanguageAnalyzer.class, LanguageAnalyzer.DETECT);

        assertTrue(language.detectLanguage("Good morning, where is my order?")
                .code()
                .matches("[a-z]{2,3}"));

        refusedUnsent("a blank text", () -> language.detectLanguage(" \n"));
    }

    @Test
    final void with_otherOptions_isAViewThatLeavesTheClientAsItWas() {
        LanguageAnalyzer language = client(LanguageAnalyzer.class);

        LanguageAnalyzer view = language.with(CallOptions.within(Duration.ofSeconds(30)));

        assertEquals("subject", view.connection());
        assertEquals(language.capabilities(), view.capabilities());
    }

    private List<Probe<LanguageAnalyzer>> probes() {
        return List.of(
                Probe.reading(LanguageAnalyzer.SENTIMENT, a -> a.sentiment(TALK)),
                Probe.reading(LanguageAnalyzer.INTENT, a -> a.intent(TEXT, CANDIDATES)),
                Probe.reading(LanguageAnalyzer.ENTITIES, a -> a.entities(TEXT, Set.of("order"))),
                Probe.reading(LanguageAnalyzer.SUMMARY, a -> a.summarise(TALK)),
                Probe.reading(LanguageAnalyzer.STREAM, a -> a.summarise(TALK, piece -> {})),
                Probe.reading(LanguageAnalyzer.DISPOSITION, a -> a.disposition(TALK, CODES)),
                Probe.reading(LanguageAnalyzer.DETECT, a -> a.detectLanguage(TEXT)));
    }

    private static void probable(double confidence) {
        assertTrue(confidence >= 0 && confidence <= 1, () -> "confidence " + confidence);
    }

    private static void named(Provenance from) {
        assertFalse(from.model().isBlank());
        assertFalse(from.took().isNegative());
        assertTrue(from.tokensRead() >= 0 && from.tokensWritten() >= 0);
    }
}
