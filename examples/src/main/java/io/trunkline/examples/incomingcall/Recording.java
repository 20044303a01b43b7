package io.trunkline.examples.incomingcall;

import io.trunkline.ai.AudioFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** The caller's voice: the audio file that was asked for, or the one that comes with the example. */
final class Recording implements AutoCloseable {

    private final AudioInputStream audio;
    private final AudioFormat format;

    private Recording(AudioInputStream audio, AudioFormat format) {
        this.audio = audio;
        this.format = format;
    }

    /**
     * Opens it.
     *
     * @throws BadOrderException if it is no WAV file, or of a kind that the recogniser does not hear
     */
    static Recording open(CallOrder order) throws IOException {
        InputStream file = order.audio().isPresent()
                ? Files.newInputStream(order.audio().get())
                : Recording.class.getResourceAsStream("caller.wav");
        if (file == null) {
            throw new IOException("the example's own audio is not there");
        }
        try {
            AudioInputStream audio = AudioSystem.getAudioInputStream(new BufferedInputStream(file));
            return new Recording(audio, heard(audio.getFormat()));
        } catch (UnsupportedAudioFileException e) {
            file.close();
            throw new BadOrderException("--audio must be a WAV file");
        } catch (BadOrderException e) {
            file.close();
            throw e;
        }
    }

    AudioFormat format() {
        return format;
    }

    /** The next bytes, fewer at the end, and none after it. */
    byte[] read(int count) throws IOException {
        return audio.readNBytes(count);
    }

    @Override
    public void close() throws IOException {
        audio.close();
    }

    private static AudioFormat heard(javax.sound.sampled.AudioFormat given) {
        int rate = Math.round(given.getSampleRate());
        boolean pcm = given.getEncoding().equals(javax.sound.sampled.AudioFormat.Encoding.PCM_SIGNED)
                && given.getSampleSizeInBits() == 16
                && !given.isBigEndian();
        if (!pcm || rate != SphinxTranscriber.RATE || given.getChannels() != 1) {
            throw new BadOrderException("the recogniser of this example hears 16-bit audio of " + SphinxTranscriber.RATE
                    + " samples a second on one channel, but the file has " + given.getSampleSizeInBits() + "-bit "
                    + given.getEncoding() + " audio of " + rate + " samples a second on " + given.getChannels()
                    + " channel(s); convert it, for example by: sox in.wav -r 16000 -c 1 -b 16 -e signed out.wav");
        }
        return new AudioFormat(AudioFormat.Codec.PCM16, rate, given.getChannels());
    }
}
