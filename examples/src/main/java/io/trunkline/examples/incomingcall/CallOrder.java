package io.trunkline.examples.incomingcall;

import io.trunkline.value.PhoneNumber;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the command line asks for: the caller's number, the audio, and a settings file with real accounts. */
record CallOrder(
        PhoneNumber number,
        @Nullable Path audioFile,
        @Nullable Path settingsFile) {

    static final String USAGE = "usage: [--number +447700900123] [--audio file.wav] [--settings trunkline.properties]";

    /**
     * Reads and checks the arguments.
     *
     * @throws BadOrderException if one is not known, has no value or names no file
     */
    static CallOrder parse(String[] args) {
        PhoneNumber number = PhoneNumber.parse("+447700900123");
        Path audio = null;
        Path settings = null;
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            switch (args[i]) {
                case "--number" -> number = number(value);
                case "--audio" -> audio = file(args[i], value);
                case "--settings" -> settings = file(args[i], value);
                default -> throw new BadOrderException("there is no argument " + args[i] + "; " + USAGE);
            }
        }
        return new CallOrder(number, audio, settings);
    }

    Optional<Path> audio() {
        return Optional.ofNullable(audioFile);
    }

    Optional<Path> settings() {
        return Optional.ofNullable(settingsFile);
    }

    private static PhoneNumber number(String text) {
        try {
            return PhoneNumber.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadOrderException("--number must be a telephone number with its country, such as +447700900123");
        }
    }

    private static Path file(String argument, String text) {
        try {
            Path file = Path.of(text);
            if (!text.isEmpty() && Files.isRegularFile(file) && Files.isReadable(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw new BadOrderException(argument + " must name a file; " + USAGE);
        }
        throw new BadOrderException(argument + " must name a file that can be read; there is none at \"" + text + "\"");
    }
}
