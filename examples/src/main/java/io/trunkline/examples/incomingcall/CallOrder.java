package io.trunkline.examples.incomingcall;

import io.trunkline.value.PhoneNumber;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the command line asks for: the caller's number, the audio, and a settings file with real accounts. */
record CallOrder(
        PhoneNumber number,
        @Nullable Path audioFile,
        @Nullable Path settingsFile) {

    static final String USAGE = "usage: [--number +447700900123] [--audio file.wav] [--settings trunkline.properties]";

    static CallOrder parse(String[] args) {
        PhoneNumber number = PhoneNumber.parse("+447700900123");
        Path audio = null;
        Path settings = null;
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--number" -> number = PhoneNumber.parse(args[i + 1]);
                case "--audio" -> audio = Path.of(args[i + 1]);
                case "--settings" -> settings = Path.of(args[i + 1]);
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        if (args.length % 2 != 0) {
            throw new IllegalArgumentException(USAGE);
        }
        return new CallOrder(number, audio, settings);
    }

    Optional<Path> audio() {
        return Optional.ofNullable(audioFile);
    }

    Optional<Path> settings() {
        return Optional.ofNullable(settingsFile);
    }
}
