package io.trunkline.examples.incomingcall;

import edu.cmu.sphinx.api.Configuration;
import edu.cmu.sphinx.api.SpeechResult;
import edu.cmu.sphinx.api.StreamSpeechRecognizer;
import io.trunkline.ai.AudioFormat;
import io.trunkline.ai.Segment;
import io.trunkline.ai.SpeechListener;
import io.trunkline.ai.SpeechStream;
import io.trunkline.ai.Transcriber;
import io.trunkline.connector.Capability;
import io.trunkline.value.CallOptions;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Speech to words by Sphinx4 in grammar mode: it hears the sentences of {@code call.gram} at 16 kHz and nothing else. Good
 * for an example without a download; no recogniser for real calls.
 */
final class SphinxTranscriber implements Transcriber {

    /** Samples a second that it hears. */
    static final int RATE = 16_000;

    private static final String MODELS = "resource:/edu/cmu/sphinx/models/en-us/";

    @Override
    public String connection() {
        return "sphinx";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(STREAM);
    }

    @Override
    public Transcriber with(CallOptions value) {
        return this;
    }

    @Override
    public SpeechStream open(AudioFormat format, SpeechListener listener) {
        if (format.rate() != RATE || format.channels() != 1 || format.codec() != AudioFormat.Codec.PCM16) {
            throw new IllegalArgumentException("Sphinx hears 16-bit audio of 16000 samples a second on one channel");
        }
        try {
            PipedInputStream heard = new PipedInputStream(format.bytesPerSecond());
            PipedOutputStream spoken = new PipedOutputStream(heard);
            CountDownLatch done = new CountDownLatch(1);
            Thread thread = new Thread(() -> recognise(heard, listener, done), "sphinx");
            thread.setDaemon(true);
            thread.start();
            return new Stream(spoken, done);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void recognise(PipedInputStream heard, SpeechListener listener, CountDownLatch done) {
        try (heard) {
            Configuration configuration = new Configuration();
            configuration.setAcousticModelPath(MODELS + "en-us");
            configuration.setDictionaryPath(MODELS + "cmudict-en-us.dict");
            configuration.setGrammarPath("resource:/speech/");
            configuration.setGrammarName("call");
            configuration.setUseGrammar(true);
            StreamSpeechRecognizer recognizer = new StreamSpeechRecognizer(configuration);
            recognizer.startRecognition(heard);
            long number = 0;
            for (SpeechResult result = recognizer.getResult(); result != null; result = recognizer.getResult()) {
                String words =
                        result.getHypothesis().replace("<unk>", "").strip().toLowerCase(Locale.ROOT);
                if (!words.isEmpty()) {
                    listener.segment(new Segment(number++, 0, true, words, Duration.ZERO, Duration.ZERO, 1));
                }
            }
            recognizer.stopRecognition();
        } catch (IOException | RuntimeException | Error e) {
            listener.failed(new IllegalStateException("Sphinx gave up", e));
        } finally {
            done.countDown();
        }
    }

    private record Stream(PipedOutputStream spoken, CountDownLatch done) implements SpeechStream {

        @Override
        public void send(byte[] frame) {
            try {
                spoken.write(frame);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean finish(Duration atMost) {
            close();
            try {
                return done.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void close() {
            try {
                spoken.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
