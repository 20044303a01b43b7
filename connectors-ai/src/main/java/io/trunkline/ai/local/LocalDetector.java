package io.trunkline.ai.local;

import java.io.IOException;
import java.util.Map;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/** Tells the language of a text by its letters. */
final class LocalDetector {

    static final String NAME = "opennlp-langdetect";

    private static final String FILE = "/langdetect-183.bin";
    private static final Map<String, String> CODES = Map.of(
            "eng", "en", "cmn", "zh", "deu", "de", "fra", "fr", "spa", "es", "jpn", "ja", "kor", "ko", "por", "pt",
            "ita", "it", "rus", "ru");

    /** A language's code and how sure the detector is. */
    record Guess(String code, double confidence) {}

    private final LanguageDetectorModel model;

    private LocalDetector(LanguageDetectorModel model) {
        this.model = model;
    }

    static LocalDetector load() {
        try (var file = LocalDetector.class.getResourceAsStream(FILE)) {
            if (file != null) {
                return new LocalDetector(new LanguageDetectorModel(file));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the model of the language detector cannot be read", e);
        }
        throw new IllegalStateException("the jar of the model is left out", new ClassNotFoundException(FILE));
    }

    /** Each call has a detector of its own: the library does not say that one may be shared. */
    Guess detect(String text) {
        Language language = new LanguageDetectorME(model).predictLanguage(text);
        return new Guess(
                CODES.getOrDefault(language.getLang(), language.getLang()),
                Math.max(0, Math.min(1, language.getConfidence())));
    }
}
