package io.trunkline.ai;

/** Told what a stream hears. Called from one thread at a time. */
public interface SpeechListener {

    /** Words were recognised; a later segment of the same number replaces it until one is final. */
    void segment(Segment segment);

    /** Recognition failed; no segment follows. */
    void failed(RuntimeException cause);
}
