package io.trunkline.examples.incomingcall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main example does what it prints, and says in a sentence what it cannot do. */
@Timeout(180)
final class IncomingCallTest {

    @TempDir
    Path folder;

    private record Run(int status, String printed, String errors) {}

    @Test
    void run_shippedAudioAndFakes_goesFromRingToWrapUp() {
        Run run = run("--number", "+447700900124");

        assertEquals(0, run.status(), run::errors);
        for (String step : new String[] {
            "Salesforce, Twilio: FAKES on this machine",
            "Mail: a REAL mail server",
            "crm, sms, mail answer",
            "1 known under +44********24",
            "\"my internet does not work and i am very angry\" from 159 frames of 20 ms",
            "fault by e5-small-v2-q, NEGATIVE",
            "grace: has tech",
            "accepted as SM",
            "the caller reads it by IMAP",
            "kept in the outbox, which opens it meanwhile",
            "the agent is free",
            "a forged webhook got 401, then 200, noted in the case",
            "call log is complete"
        }) {
            assertTrue(run.printed().contains(step), () -> step + " in " + run.printed());
        }
        assertFalse(run.printed().contains("447700900124"));
    }

    @Test
    void run_silence_goesOnBySkillsAlone() throws IOException {
        Path silence = wav("silence.wav", new AudioFormat(16_000, 16, 1, true, false), 16_000);

        Run run = run("--audio", silence.toString());

        assertEquals(0, run.status(), run::errors);
        assertTrue(run.printed().contains("nothing of the grammar from 50 frames of 20 ms"), run::printed);
        assertTrue(run.printed().contains("the caller has said nothing"), run::printed);
        assertTrue(run.printed().contains("what the customer wants is not known"), run::printed);
        assertTrue(run.printed().contains("call log is complete"), run::printed);
    }

    @ParameterizedTest
    @CsvSource({
        "--colour,red,there is no argument --colour",
        "--number,12,--number must be a telephone number",
        "--number,tel;drop,--number must be a telephone number",
        "--number,,--number must be a telephone number",
        "--audio,,--audio must name a file",
        "--audio,no-such.wav,there is none at",
        "--settings,no-such.properties,there is none at",
        "--audio,.,--audio must name a file"
    })
    void run_argumentThatCannotBe_saysWhatItMustBe(String argument, String value, String told) {
        Run run = value == null ? run(argument) : run(argument, value);

        assertEquals(2, run.status());
        assertTrue(run.errors().contains(told), run::errors);
        assertEquals(1, run.errors().lines().count(), run::errors);
        assertEquals("", run.printed());
    }

    @ParameterizedTest
    @CsvSource({
        "8000,16,1,8000 samples a second on 1 channel",
        "16000,16,2,16000 samples a second on 2 channel",
        "16000,8,1,8-bit",
        "44100,16,2,44100 samples a second on 2 channel"
    })
    void run_audioThatTheRecogniserDoesNotHear_saysHowToConvertIt(int rate, int bits, int channels, String told)
            throws IOException {
        Path file = wav("caller.wav", new AudioFormat(rate, bits, channels, bits > 8, false), 800);

        Run run = run("--audio", file.toString());

        assertEquals(2, run.status());
        assertTrue(run.errors().contains(told) && run.errors().contains("sox"), run::errors);
        assertEquals("", run.printed());
    }

    @Test
    void run_fileThatIsNoAudio_saysSo() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.wav"), "RIFF, but only in name");

        Run run = run("--audio", text.toString());

        assertEquals(2, run.status());
        assertEquals("--audio must be a WAV file", run.errors().strip());
    }

    @Test
    void run_settingsOfAnUnknownPlatform_saysSoInASentence() throws IOException {
        Path settings = Files.writeString(folder.resolve("trunkline.properties"), "crm.connector = abacus\n");

        Run run = run("--settings", settings.toString());

        assertEquals(1, run.status());
        assertTrue(run.errors().startsWith("The call could not be handled: "), run::errors);
        assertTrue(run.errors().contains("abacus"), run::errors);
    }

    private Path wav(String name, AudioFormat format, int samples) throws IOException {
        byte[] bytes = new byte[samples * format.getFrameSize()];
        Path file = folder.resolve(name);
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(bytes), format, samples),
                AudioFileFormat.Type.WAVE,
                file.toFile());
        return file;
    }

    private static Run run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int status = IncomingCall.status(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
        return new Run(status, out.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }
}
