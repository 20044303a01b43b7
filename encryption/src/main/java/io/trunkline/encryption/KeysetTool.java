package io.trunkline.encryption;

import io.trunkline.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** A command-line program that makes a file of keys and takes it through the steps of replacing a key. */
public final class KeysetTool {

    private static final String USAGE = """
            usage: KeysetTool new-data|new-index|add|promote|retire FILE
              new-data   makes a keyset to seal with
              new-index  makes a keyset to index with
              add        adds a key that reads and is not used yet
              promote    takes the newest key into use
              retire     removes all keys but the one in use; seal everything again before""";

    private KeysetTool() {}

    /** Takes the step and the file; ends with 2 where they are wrong, 1 where the step cannot be done. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        if (args.length != 2) {
            System.err.println(USAGE);
            return 2;
        }
        Path file = Path.of(args[1]);
        try {
            Keyset keyset = args[0].startsWith("new-") ? made(args[0], file) : step(args[0], file);
            write(keyset, file);
            System.out.println(keyset);
            return 0;
        } catch (ConfigurationException | IOException e) {
            System.err.println(e.getMessage());
            return 1;
        } catch (IllegalArgumentException e) {
            System.err.println(USAGE);
            return 2;
        }
    }

    private static Keyset made(String purpose, Path file) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException("there is a file of this name already");
        }
        return switch (purpose) {
            case "new-data" -> Keyset.forData();
            case "new-index" -> Keyset.forIndex();
            default -> throw new IllegalArgumentException("no such step");
        };
    }

    private static Keyset step(String step, Path file) {
        Keyset before = Keyset.read(KeySource.file(file));
        return switch (step) {
            case "add" -> before.withNewKey();
            case "promote" -> before.promoted();
            case "retire" -> before.withoutOldKeys();
            default -> throw new IllegalArgumentException("no such step");
        };
    }

    /** Whole or not at all; a temporary file is for nobody else to read. */
    private static void write(Keyset keyset, Path file) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Path beside = Files.createTempFile(folder, "keys", ".new");
        Files.writeString(beside, keyset.json().reveal());
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
