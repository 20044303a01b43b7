package io.trunkline.ai.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.ai.Sentiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped weights come from the training sentences, and those are not the sentences that judge them. */
@Timeout(300)
final class SentimentTrainingTest {

    private static final double NEAR = 0.6;

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void shippedWeights_trainedAgain_judgeAlike(String language) throws IOException {
        LocalModels models = new LocalModels("training");
        List<Sentences.Labelled> training = Sentences.training(language);
        List<float[]> places = training.stream()
                .map(each -> models.embedder(language).place(each.text()))
                .toList();
        Map<Sentiment.Label, double[]> weights = SentimentTraining.weights(
                places, training.stream().map(Sentences.Labelled::mood).toList());
        if (Boolean.getBoolean("trunkline.train")) {
            Path file = Path.of("src/main/resources/io/trunkline/ai/local/sentiment-" + language + ".weights");
            Files.writeString(file, SentimentTraining.written(weights));
        }

        SentimentModel again = new SentimentModel(weights);
        SentimentModel shipped = models.sentiment(language);
        double furthest = 0;
        int right = 0;
        for (int i = 0; i < places.size(); i++) {
            Map<Sentiment.Label, Double> shares = shipped.shares(places.get(i));
            Map<Sentiment.Label, Double> trained = again.shares(places.get(i));
            for (Sentiment.Label mood : Sentiment.Label.values()) {
                furthest = Math.max(furthest, Math.abs(shares.get(mood) - trained.get(mood)));
            }
            right += shares.get(training.get(i).mood()).equals(Collections.max(shares.values())) ? 1 : 0;
        }
        System.out.printf("%s: %d of %d training sentences right%n", language, right, places.size());
        assertTrue(furthest < 0.05, "the shares of a sentence differ by " + furthest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void heldOutParts_besideTrainingParts_areNoCopies(String language) {
        List<String> training = new ArrayList<>(Sentences.parts("training-" + language + ".txt"));
        training.addAll(Sentences.parts("intents-" + language + ".txt"));

        List<String> near = new ArrayList<>();
        for (String part : Sentences.parts("held-out-" + language + ".txt")) {
            training.stream()
                    .filter(other -> likeness(language, part, other) >= NEAR)
                    .forEach(other -> near.add(part + " = " + other));
        }
        assertEquals(List.of(), near);
    }

    @Test
    void likeness_ofNearCopies_isCaught() {
        assertTrue(likeness("en", "I am very disappointed", "I am very disappointed.") >= NEAR);
        assertTrue(likeness("en", "I am really very disappointed", "i am very disappointed!") >= NEAR);
        assertTrue(likeness("zh", "我真的很失望", "我很失望。") < likeness("zh", "我很失望", "我很失望。"));
        assertTrue(likeness("zh", "我们很失望了", "我们很失望。") >= NEAR);
    }

    /** The share of the words of both, or pairs of characters in Chinese, that both have. */
    private static double likeness(String language, String one, String other) {
        Set<String> a = pieces(language, one);
        Set<String> b = pieces(language, other);
        Set<String> all = new HashSet<>(a);
        all.addAll(b);
        a.retainAll(b);
        return a.size() / (double) all.size();
    }

    private static Set<String> pieces(String language, String text) {
        String bare = text.toLowerCase(Locale.ROOT).replaceAll("[\\p{P}]", "");
        if (!language.equals("zh")) {
            return new HashSet<>(List.of(bare.split(" +")));
        }
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i + 1 < bare.length(); i++) {
            pairs.add(bare.substring(i, i + 2));
        }
        return pairs;
    }
}
