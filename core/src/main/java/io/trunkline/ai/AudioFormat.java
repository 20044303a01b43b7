package io.trunkline.ai;

/** How audio is coded: samples as signed 16-bit little-endian or companded, samples a second, and channels. */
public record AudioFormat(Codec codec, int rate, int channels) {

    /** The codings of telephony. */
    public enum Codec {
        /** Signed 16-bit samples, little-endian. */
        PCM16,
        /** G.711 of North America and Japan: one byte a sample. */
        MULAW,
        /** G.711 of the rest of the world: one byte a sample. */
        ALAW
    }

    /** Checks rate and channels; throws {@link IllegalArgumentException}. */
    public AudioFormat {
        if (rate < 8_000 || rate > 48_000 || channels < 1 || channels > 2) {
            throw new IllegalArgumentException("audio must have 8000 to 48000 samples a second and 1 or 2 channels");
        }
    }

    /** Bytes of a second of all channels. */
    public int bytesPerSecond() {
        return rate * channels * (codec == Codec.PCM16 ? 2 : 1);
    }
}
