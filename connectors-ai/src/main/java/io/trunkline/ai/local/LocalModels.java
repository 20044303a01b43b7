package io.trunkline.ai.local;

import dev.langchain4j.model.embedding.onnx.bgesmallzhv15q.BgeSmallZhV15QuantizedEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.e5smallv2q.E5SmallV2QuantizedEmbeddingModel;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import opennlp.tools.langdetect.LanguageDetector;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;
import org.jspecify.annotations.Nullable;

/** The models, each loaded once at its first use. */
final class LocalModels {

    private static final String DETECTOR = "/langdetect-183.bin";

    private final String connection;
    private final Map<String, Embedder> embedders = new ConcurrentHashMap<>();
    private volatile @Nullable LanguageDetector detector;

    LocalModels(String connection) {
        this.connection = connection;
    }

    /** The model of a language; Chinese has its own, and all others are read as English. */
    Embedder embedder(String language) {
        String key = language.equals("zh") ? "zh" : "en";
        return embedders.computeIfAbsent(key, this::load);
    }

    LanguageDetector detector() {
        LanguageDetector loaded = detector;
        if (loaded == null) {
            loaded = present(LocalModels::loadDetector);
            detector = loaded;
        }
        return loaded;
    }

    private Embedder load(String language) {
        return present(() -> {
            if (language.equals("zh")) {
                BgeSmallZhV15QuantizedEmbeddingModel model = new BgeSmallZhV15QuantizedEmbeddingModel();
                return new Embedder(
                        "bge-small-zh-v1.5-q",
                        0.50,
                        text -> model.embed(text).content().vector());
            }
            E5SmallV2QuantizedEmbeddingModel model = new E5SmallV2QuantizedEmbeddingModel();
            // The model was trained with this word before what is looked for.
            return new Embedder(
                    "e5-small-v2-q",
                    0.80,
                    text -> model.embed("query: " + text).content().vector());
        });
    }

    private <T> T present(Supplier<T> loading) {
        try {
            return loading.get();
        } catch (NoClassDefFoundError | UncheckedIOException e) {
            throw new ConfigurationException(
                    "the local models are not on the class path; add the four optional dependencies",
                    ErrorContext.of(connection, "local.load", ErrorKind.CONFIGURATION),
                    e);
        }
    }

    private static LanguageDetector loadDetector() {
        try (var file = LocalModels.class.getResourceAsStream(DETECTOR)) {
            if (file != null) {
                return new LanguageDetectorME(new LanguageDetectorModel(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new UncheckedIOException(new IOException("the model of the language detector is not there"));
    }
}
