package io.trunkline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.ai.AudioClip;
import io.trunkline.ai.AudioFormat;
import io.trunkline.ai.Segment;
import io.trunkline.ai.SpeechListener;
import io.trunkline.ai.SpeechStream;
import io.trunkline.ai.Transcriber;
import io.trunkline.ai.Transcript;
import io.trunkline.checks.Leaks;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every connector that offers {@link Transcriber} must do, in this process or over a wire. */
public abstract class TranscriberContract extends ConnectionContract<RunningPlatform> {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** For subclasses. */
    protected TranscriberContract() {}

    /** A recording in which somebody speaks English; needed only where recordings are declared. */
    protected AudioClip recording() {
        throw new UnsupportedOperationException("recordings are declared, so the test must have one");
    }

    /** How the frames of {@link #speech} are coded; the telephone network's form unless said otherwise. */
    protected AudioFormat format() {
        return new AudioFormat(AudioFormat.Codec.PCM16, 8_000, 1);
    }

    /** Frames in which somebody speaks; needed only where streams are declared. */
    protected List<byte[]> speech() {
        throw new UnsupportedOperationException("streams are declared, so the test must have speech");
    }

    @Test
    final void speech_declaredCapabilities_workAndOthersThrowFirst() {
        declaredWorksUndeclaredThrows(Transcriber.class, List.of(Probe.reading(Transcriber.BATCH, this::batch)));
        declaredWorksUndeclaredThrows(Transcriber.class, List.of(Probe.reading(Transcriber.STREAM, this::stream)));
    }

    @Test
    final void transcribe_platformSilent_endsAtTheDeadline() {
        offering(Transcriber.class, Transcriber.BATCH);

        deadlinesHold(Transcriber.class, List.of(Probe.reading(Transcriber.BATCH, this::batch)));
    }

    @Test
    final void transcribe_recording_isWordsInFinalSegments() {
        Transcript transcript = offering(Transcriber.class, Transcriber.BATCH).transcribe(recording());

        assertFalse(transcript.text().isBlank());
        assertFalse(transcript.from().model().isBlank());
        settled(transcript.segments());
        Leaks.printed(transcript);
        Leaks.printed(transcript.segments());
    }

    @Test
    final void transcribe_badRecording_isRefusedUnsent() {
        Transcriber transcriber = offering(Transcriber.class, Transcriber.BATCH);
        AudioClip good = recording();

        for (AudioClip bad : List.of(
                new AudioClip(good.name(), good.contentType(), new byte[0], good.language()),
                new AudioClip("x\r\nX-Evil: 1.wav", good.contentType(), good.content(), good.language()),
                new AudioClip("a\"; name=\"b.wav", good.contentType(), good.content(), good.language()),
                new AudioClip(good.name(), "audio/wav\r\nX-Evil: 1", good.content(), good.language()),
                new AudioClip(good.name(), "not a media type", good.content(), good.language()),
                new AudioClip(good.name(), good.contentType(), good.content(), "English, please"))) {
            refusedUnsent(bad.name().strip() + " " + bad.language(), () -> transcriber.transcribe(bad));
        }
    }

    @Test
    final void stream_speech_isFinalOnceAndEndsWhenAsked() {
        List<Segment> segments = stream(offering(Transcriber.class, Transcriber.STREAM));

        List<Segment> finished = segments.stream().filter(Segment::finished).toList();
        assertFalse(finished.isEmpty(), "nothing was final");
        settled(finished);
        Set<Long> over = new HashSet<>();
        for (Segment segment : segments) {
            assertFalse(over.contains(segment.number()), "a segment came after it was final");
            if (segment.finished()) {
                over.add(segment.number());
            }
        }
        Leaks.printed(segments);
    }

    @Test
    final void stream_closedEarly_tellsNothingMore() {
        Transcriber transcriber = offering(Transcriber.class, Transcriber.STREAM);
        Heard heard = new Heard();
        SpeechStream stream = transcriber.open(format(), heard);
        stream.send(speech().get(0));
        stream.close();
        int before = heard.segments.size();

        stream.close();

        assertEquals(before, heard.segments.size());
        assertEquals(List.of(), heard.failures);
    }

    private void batch(Transcriber transcriber) {
        transcriber.transcribe(transcriber.can(Transcriber.BATCH) ? recording() : nothing());
    }

    private List<Segment> stream(Transcriber transcriber) {
        Heard heard = new Heard();
        try (SpeechStream stream = transcriber.open(format(), heard)) {
            speech().forEach(stream::send);
            assertTrue(stream.finish(PATIENCE), "the stream did not end in time");
        }
        assertEquals(List.of(), heard.failures);
        return heard.segments;
    }

    private static AudioClip nothing() {
        return new AudioClip("x.wav", "audio/wav", new byte[1], "en");
    }

    private static void settled(List<Segment> segments) {
        Set<Long> numbers = new HashSet<>();
        for (Segment segment : segments) {
            assertTrue(segment.finished(), "a segment is not final");
            assertTrue(numbers.add(segment.number()), "a segment is final twice");
            assertTrue(segment.confidence() >= 0 && segment.confidence() <= 1);
            assertTrue(segment.end().compareTo(segment.start()) >= 0, "a segment ends before it begins");
            assertTrue(segment.channel() == 0 || segment.channel() == 1);
        }
    }

    private static final class Heard implements SpeechListener {

        private final List<Segment> segments = new CopyOnWriteArrayList<>();
        private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();

        @Override
        public void segment(Segment segment) {
            segments.add(segment);
        }

        @Override
        public void failed(RuntimeException cause) {
            failures.add(cause);
        }
    }
}
