package io.trunkline.ai;

import io.trunkline.connector.Capability;
import io.trunkline.connector.Client;

/** Turns speech into words. */
public interface Transcriber extends Client<Transcriber> {

    /** {@link #transcribe}. */
    Capability BATCH = Capability.of("speech.batch");

    /** {@link #open}. */
    Capability STREAM = Capability.of("speech.stream");

    /** The words of a recording. */
    default Transcript transcribe(AudioClip clip) {
        throw unsupported(BATCH);
    }

    /** Begins to recognise a stream. */
    default SpeechStream open(AudioFormat format, SpeechListener listener) {
        throw unsupported(STREAM);
    }
}
