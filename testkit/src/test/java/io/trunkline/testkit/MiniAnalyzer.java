package io.trunkline.testkit;

import io.trunkline.ai.DetectedLanguage;
import io.trunkline.ai.Disposition;
import io.trunkline.ai.Entities;
import io.trunkline.ai.Entity;
import io.trunkline.ai.Intent;
import io.trunkline.ai.IntentCandidate;
import io.trunkline.ai.LanguageAnalyzer;
import io.trunkline.ai.Provenance;
import io.trunkline.ai.Sentiment;
import io.trunkline.ai.Summary;
import io.trunkline.ai.Turn;
import io.trunkline.connector.Capability;
import io.trunkline.value.CallOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Understands little, but within what was allowed. */
record MiniAnalyzer(String connection, Set<Capability> capabilities) implements LanguageAnalyzer {

    private static final Provenance FROM = Provenance.local("mini", Duration.ZERO);

    @Override
    public LanguageAnalyzer with(CallOptions value) {
        return this;
    }

    @Override
    public Sentiment sentiment(List<Turn> turns) {
        said(turns);
        if (Flaw.LOGS_CONTENT.here()) {
            LoggerFactory.getLogger("mini").info("heard {}", turns.get(0).text());
        }
        return new Sentiment(Sentiment.Label.NEUTRAL, 0, 1, FROM);
    }

    @Override
    public Intent intent(String text, List<IntentCandidate> candidates) {
        needed(!text.isBlank() && !candidates.isEmpty());
        String name = Flaw.OUTSIDE_OF_WHAT_WAS_ALLOWED.here()
                ? "refund"
                : candidates.stream().map(IntentCandidate::name).findFirst().orElse("");
        return new Intent(name, 1, Map.of(name, 1.0), FROM);
    }

    @Override
    public Entities entities(String text, Set<String> types) {
        needed(!text.isBlank() && !types.isEmpty());
        String words = Flaw.INVENTS_WHAT_IS_NOT_THERE.here() ? "B-1" : text;
        return new Entities(List.of(new Entity(String.join("", types), words, 0)), FROM);
    }

    @Override
    public Summary summarise(List<Turn> turns) {
        said(turns);
        return new Summary("They talked.", FROM);
    }

    @Override
    public Summary summarise(List<Turn> turns, Consumer<String> pieces) {
        said(turns);
        try {
            pieces.accept("They ");
        } catch (RuntimeException e) {
            if (!Flaw.SWALLOWS_ERRORS.here()) {
                throw e;
            }
            return new Summary("They", FROM);
        }
        if (!Flaw.LOSES_PIECES.here()) {
            pieces.accept("talked.");
        }
        return new Summary("They talked.", FROM);
    }

    @Override
    public Disposition disposition(List<Turn> turns, Set<String> allowed) {
        said(turns);
        needed(!allowed.isEmpty());
        String code = Flaw.OUTSIDE_OF_WHAT_WAS_ALLOWED.here() ? "REFUND" : new TreeSet<>(allowed).first();
        return new Disposition(code, 1, FROM);
    }

    @Override
    public DetectedLanguage detectLanguage(String text) {
        needed(!text.isBlank());
        return new DetectedLanguage(Flaw.OUTSIDE_OF_WHAT_WAS_ALLOWED.here() ? "English" : "en", 1, FROM);
    }

    private static void said(List<Turn> turns) {
        needed(turns.stream().anyMatch(turn -> !turn.text().isBlank()));
    }

    private static void needed(boolean there) {
        if (!there && !Flaw.UNCHECKED_INPUT.here()) {
            throw new IllegalArgumentException("something is missing");
        }
    }
}
