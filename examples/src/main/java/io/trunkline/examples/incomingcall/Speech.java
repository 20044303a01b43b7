package io.trunkline.examples.incomingcall;

import io.trunkline.ai.AudioFormat;
import io.trunkline.ai.Segment;
import io.trunkline.ai.SpeechListener;
import io.trunkline.ai.SpeechStream;
import io.trunkline.ai.Transcriber;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.jspecify.annotations.Nullable;

/** The caller's words: an audio file in frames of 20 ms through a recogniser. */
final class Speech {

    private static final int FRAME_MILLIS = 20;

    private Speech() {}

    /** What was said, and in how many frames. */
    record Heard(String words, int frames) {}

    static Heard listen(CallOrder order, Transcriber transcriber) {
        Listening listening = new Listening();
        try (AudioInputStream audio = audio(order)) {
            int rate = Math.round(audio.getFormat().getSampleRate());
            AudioFormat format = new AudioFormat(
                    AudioFormat.Codec.PCM16, rate, audio.getFormat().getChannels());
            int frames = spoken(audio, format, transcriber, listening);
            return new Heard(String.join(" ", listening.words).strip(), frames);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int spoken(AudioInputStream audio, AudioFormat format, Transcriber transcriber, Listening listening)
            throws IOException {
        int size = format.bytesPerSecond() * FRAME_MILLIS / 1000;
        int frames = 0;
        try (SpeechStream stream = transcriber.open(format, listening)) {
            for (byte[] frame = audio.readNBytes(size); frame.length > 0; frame = audio.readNBytes(size)) {
                stream.send(frame);
                frames++;
            }
            if (!stream.finish(Duration.ofMinutes(1))) {
                throw new IllegalStateException("the recogniser did not finish");
            }
        } catch (UncheckedIOException e) {
            listening.rethrow();
            throw e;
        }
        listening.rethrow();
        return frames;
    }

    /** Collects the words, and why there are no more. */
    private static final class Listening implements SpeechListener {

        private final List<String> words = new CopyOnWriteArrayList<>();
        private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

        @Override
        public void segment(Segment segment) {
            words.add(segment.text());
        }

        @Override
        public void failed(RuntimeException cause) {
            failure.set(cause);
        }

        void rethrow() {
            RuntimeException failed = failure.get();
            if (failed != null) {
                throw failed;
            }
        }
    }

    private static AudioInputStream audio(CallOrder order) throws IOException {
        InputStream file = order.audio().isPresent()
                ? Files.newInputStream(order.audio().get())
                : Speech.class.getResourceAsStream("caller.wav");
        if (file == null) {
            throw new IOException("the audio file is not there");
        }
        try {
            return AudioSystem.getAudioInputStream(new BufferedInputStream(file));
        } catch (UnsupportedAudioFileException e) {
            throw new IOException("the audio must be a WAV file", e);
        }
    }
}
