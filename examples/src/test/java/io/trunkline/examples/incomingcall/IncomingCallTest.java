package io.trunkline.examples.incomingcall;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The main example does what it prints. */
@Timeout(180)
final class IncomingCallTest {

    @Test
    void run_shippedAudioAndFakes_goesFromRingToWrapUp() {
        String printed = run("--number", "+447700900124");

        for (String step : new String[] {
            "FAKES on this machine",
            "1 known under +44********24",
            "my internet does not work and i am very angry",
            "fault by e5-small-v2-q",
            "NEGATIVE",
            "grace: has tech",
            "accepted as SM",
            "the caller reads it by IMAP",
            "a forged webhook got 401, then 200, noted in the case",
            "call log is complete"
        }) {
            assertTrue(printed.contains(step), () -> step + " in " + printed);
        }
    }

    @Test
    void run_unknownArgument_saysHow() {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> run("--colour", "red"));

        assertTrue(thrown.getMessage().contains("--audio"), thrown::getMessage);
    }

    private static String run(String... args) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        IncomingCall.run(args, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
