package io.trunkline.ai;

import java.time.Duration;

/** Speech that is recognised while it is spoken. Made by {@link Transcriber#open}. */
public interface SpeechStream extends AutoCloseable {

    /**
     * Adds a frame of audio, usually 20 ms. Blocks while the recogniser is more than its buffer behind; throws
     * {@link io.trunkline.error.RetryLaterException} if it stays behind until the call's deadline.
     */
    void send(byte[] frame);

    /** Says that no audio follows and waits until the last words are final; false if that took longer. */
    boolean finish(Duration atMost);

    /** Drops what is not recognised yet. */
    @Override
    void close();
}
