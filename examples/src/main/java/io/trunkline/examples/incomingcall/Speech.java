package io.trunkline.examples.incomingcall;

import io.trunkline.ai.Segment;
import io.trunkline.ai.SpeechListener;
import io.trunkline.ai.SpeechStream;
import io.trunkline.ai.Transcriber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The caller's words: a recording in frames of 20 ms through a recogniser. */
final class Speech {

    static final int FRAME_MILLIS = 20;

    private Speech() {}

    /** What was said, and in how many frames. */
    record Heard(String words, int frames) {}

    /** Refuses a recording that cannot be heard, before the telephone rings. */
    static void check(CallOrder order) {
        try (Recording recording = Recording.open(order)) {
            recording.format();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Heard listen(CallOrder order, Transcriber transcriber) {
        Listening listening = new Listening();
        try (Recording recording = Recording.open(order)) {
            int frames = spoken(recording, transcriber, listening);
            return new Heard(String.join(" ", listening.words).strip(), frames);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int spoken(Recording recording, Transcriber transcriber, Listening listening) throws IOException {
        int size = recording.format().bytesPerSecond() * FRAME_MILLIS / 1000;
        int frames = 0;
        try (SpeechStream stream = transcriber.open(recording.format(), listening)) {
            for (byte[] frame = recording.read(size); frame.length > 0; frame = recording.read(size)) {
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
}
