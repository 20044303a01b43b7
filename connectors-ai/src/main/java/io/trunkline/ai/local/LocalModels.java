package io.trunkline.ai.local;

import dev.langchain4j.model.embedding.onnx.bgesmallzhv15q.BgeSmallZhV15QuantizedEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.e5smallv2q.E5SmallV2QuantizedEmbeddingModel;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The models, each loaded once at its first use. The network's own memory is the process's: the library that runs it keeps
 * one copy for all connections and gives it back when the process ends.
 */
final class LocalModels {

    private static final String LANGCHAIN = "dev.langchain4j:langchain4j-embeddings-";

    private final String connection;
    private final Map<String, Embedder> embedders = new ConcurrentHashMap<>();
    private final Map<String, SentimentModel> sentiments = new ConcurrentHashMap<>();
    private final Map<String, LocalDetector> detectors = new ConcurrentHashMap<>();

    LocalModels(String connection) {
        this.connection = connection;
    }

    /** The model of a language; Chinese has its own, and all others are read as English. */
    Embedder embedder(String language) {
        return embedders.computeIfAbsent(language.equals("zh") ? "zh" : "en", this::load);
    }

    SentimentModel sentiment(String language) {
        return sentiments.computeIfAbsent(language.equals("zh") ? "zh" : "en", SentimentModel::of);
    }

    LocalDetector detector() {
        return detectors.computeIfAbsent(
                LocalDetector.NAME,
                name -> present("org.apache.opennlp:opennlp-tools and opennlp-models-langdetect", LocalDetector::load));
    }

    /** Forgets the places of examples. */
    void close() {
        embedders.clear();
    }

    private Embedder load(String language) {
        return language.equals("zh")
                ? present(LANGCHAIN + "bge-small-zh-v15-q", LocalModels::chinese)
                : present(LANGCHAIN + "e5-small-v2-q", LocalModels::english);
    }

    private static Embedder chinese() {
        BgeSmallZhV15QuantizedEmbeddingModel model = new BgeSmallZhV15QuantizedEmbeddingModel();
        return new Embedder(
                "bge-small-zh-v1.5-q", 0.50, text -> model.embed(text).content().vector());
    }

    private static Embedder english() {
        E5SmallV2QuantizedEmbeddingModel model = new E5SmallV2QuantizedEmbeddingModel();
        // The model was trained with this word before what is looked for.
        return new Embedder(
                "e5-small-v2-q",
                0.80,
                text -> model.embed("query: " + text).content().vector());
    }

    private <T> T present(String artifact, Supplier<T> loading) {
        try {
            return loading.get();
        } catch (LinkageError | RuntimeException e) {
            boolean absent = e.getCause() instanceof ClassNotFoundException;
            throw new ConfigurationException(
                    absent
                            ? "a local model is not on the class path; add the optional dependency " + artifact
                            : "a local model of " + artifact + " cannot run on this machine; its cause says why",
                    ErrorContext.of(connection, "local.load", ErrorKind.CONFIGURATION),
                    e);
        }
    }
}
