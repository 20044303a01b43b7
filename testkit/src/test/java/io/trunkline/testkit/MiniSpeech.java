package io.trunkline.testkit;

import io.trunkline.ai.AudioClip;
import io.trunkline.ai.AudioFormat;
import io.trunkline.ai.Provenance;
import io.trunkline.ai.Segment;
import io.trunkline.ai.SpeechListener;
import io.trunkline.ai.SpeechStream;
import io.trunkline.ai.Transcriber;
import io.trunkline.ai.Transcript;
import io.trunkline.connector.Capability;
import io.trunkline.value.CallOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Hears a word in everything. */
record MiniSpeech(String connection, Set<Capability> capabilities) implements Transcriber {

    @Override
    public Transcriber with(CallOptions value) {
        return this;
    }

    @Override
    public Transcript transcribe(AudioClip clip) {
        boolean good = clip.content().length > 0
                && clip.name().matches("[\\w.-]+")
                && clip.contentType().matches("[\\w.+-]+/[\\w.+-]+")
                && clip.language().matches("[a-z]{2}");
        if (!good && !Flaw.UNCHECKED_INPUT.here()) {
            throw new IllegalArgumentException("not a recording");
        }
        return new Transcript(List.of(segment(true)), Provenance.local("mini", Duration.ZERO));
    }

    @Override
    public SpeechStream open(AudioFormat format, SpeechListener listener) {
        return new SpeechStream() {
            @Override
            public void send(byte[] frame) {
                listener.segment(segment(false));
            }

            @Override
            public boolean finish(Duration atMost) {
                listener.segment(segment(true));
                if (Flaw.TWICE_FINAL.here()) {
                    listener.segment(segment(true));
                }
                return true;
            }

            @Override
            public void close() {
                if (Flaw.TALKS_AFTER_CLOSE.here()) {
                    listener.segment(segment(true));
                }
            }
        };
    }

    private static Segment segment(boolean finished) {
        return new Segment(0, 0, finished, "hello", Duration.ZERO, Duration.ofSeconds(1), 0.5);
    }
}
