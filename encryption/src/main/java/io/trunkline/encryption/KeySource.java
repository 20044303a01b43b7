package io.trunkline.encryption;

import io.trunkline.value.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** Where a keyset comes from. An application with a key service of its own implements it. */
public interface KeySource {

    /**
     * The keyset as Tink's JSON.
     *
     * @throws io.trunkline.error.ConfigurationException if it cannot be had
     */
    Secret keyset();

    /** A file that nobody else may read. */
    static KeySource file(Path file) {
        return () -> {
            try {
                return Secret.of(Files.readString(file));
            } catch (IOException | IllegalArgumentException e) {
                throw Keyset.wrong("the file of the keyset cannot be read or is empty", e);
            }
        };
    }

    /** A variable of the process's environment. */
    static KeySource environment(String variable) {
        return () -> {
            String value = System.getenv(variable);
            if (value == null || value.isBlank()) {
                throw Keyset.wrong("the variable " + variable + " of the environment holds no keyset", null);
            }
            return Secret.of(value);
        };
    }

    /**
     * A keyset that a key service has encrypted, so that it may lie anywhere.
     *
     * @param wrapped gives Base64 of what the service made of the JSON
     * @param service decrypts it; whatever it throws is passed on as the cause
     */
    static KeySource wrapped(KeySource wrapped, UnaryOperator<byte[]> service) {
        return () -> {
            Secret text = wrapped.keyset();
            try {
                byte[] plain = service.apply(Base64.getMimeDecoder().decode(text.reveal()));
                return Secret.of(new String(plain, StandardCharsets.UTF_8));
            } catch (RuntimeException e) {
                throw Keyset.wrong("the key service has not decrypted the keyset", e);
            }
        };
    }
}
