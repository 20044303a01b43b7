package io.trunkline.encryption;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.error.ConfigurationException;
import io.trunkline.value.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where keys come from, and how a file of them goes through the steps of a replacement. */
final class KeySourceTest {

    @TempDir
    private Path folder;

    @Test
    void tool_allStepsOfAReplacement_leaveOneNewKey() throws Exception {
        Path file = folder.resolve("data.json");
        assertEquals(0, KeysetTool.run("new-data", file.toString()));
        Keyset first = Keyset.read(KeySource.file(file));
        byte[] sealed = TinkCipher.of(first).seal(new byte[] {1}, new byte[0]);
        assertEquals("rw-------", permissions(file));

        assertEquals(0, KeysetTool.run("add", file.toString()));
        assertEquals(first.inUse(), Keyset.read(KeySource.file(file)).inUse());
        assertEquals(0, KeysetTool.run("promote", file.toString()));
        Keyset both = Keyset.read(KeySource.file(file));
        assertArrayEquals(new byte[] {1}, TinkCipher.of(both).open(sealed, new byte[0]));
        assertEquals(0, KeysetTool.run("retire", file.toString()));

        Keyset last = Keyset.read(KeySource.file(file));
        assertEquals(List.of(both.inUse()), last.numbers());
        assertFalse(last.numbers().contains(first.inUse()));
        assertEquals("rw-------", permissions(file));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void tool_wrongUse_changesNothing() throws Exception {
        Path file = folder.resolve("index.json");
        assertEquals(0, KeysetTool.run("new-index", file.toString()));
        String before = Files.readString(file);

        assertEquals(1, KeysetTool.run("new-index", file.toString()));
        assertEquals(2, KeysetTool.run("new-thing", folder.resolve("x").toString()));
        assertEquals(2, KeysetTool.run("burn", file.toString()));
        assertEquals(2, KeysetTool.run("add"));
        assertEquals(1, KeysetTool.run("add", folder.resolve("missing").toString()));

        assertEquals(before, Files.readString(file));
    }

    @Test
    void read_whatIsNoKeyset_isRefusedWithoutRepeatingIt() throws Exception {
        for (String text : List.of("", "{}", "[]", Canary.secret(), "{\"key\":[\"" + Canary.secret() + "\"]}")) {
            Path file = Files.writeString(folder.resolve("keys"), text);
            Leaks.saw(assertThrows(ConfigurationException.class, () -> Keyset.read(KeySource.file(file))));
        }
        Leaks.saw(assertThrows(
                ConfigurationException.class, () -> Keyset.read(KeySource.file(folder.resolve("missing")))));
        Leaks.saw(assertThrows(
                ConfigurationException.class, () -> Keyset.read(KeySource.environment("TRUNKLINE_NO_SUCH_KEYS"))));
    }

    @Test
    void printed_keyset_showsNumbersOnly() {
        Keyset keyset = Keyset.forData();
        Canary.plant(keyset.json().reveal());
        String key = keyset.json().reveal().replaceAll("(?s).*\"value\":\\s*\"([^\"]+)\".*", "$1");
        Canary.plant(key);

        Leaks.printed(keyset);
        Leaks.printed(TinkCipher.of(keyset));

        assertTrue(keyset.toString().contains(Keyset.name(keyset.inUse())));
    }

    @Test
    void wrapped_keyset_isDecryptedByTheServiceAndItsFailureIsTold() {
        Keyset keyset = Keyset.forData();
        byte[] json = keyset.json().bytes();
        for (int i = 0; i < json.length; i++) {
            json[i] ^= 42;
        }
        Secret lies = Secret.of(Base64.getMimeEncoder().encodeToString(json));
        assertFalse(new String(json, StandardCharsets.ISO_8859_1).contains("primaryKeyId"));

        Keyset read = Keyset.read(KeySource.wrapped(() -> lies, bytes -> {
            byte[] plain = bytes.clone();
            for (int i = 0; i < plain.length; i++) {
                plain[i] ^= 42;
            }
            return plain;
        }));

        assertEquals(keyset.numbers(), read.numbers());
        ConfigurationException thrown = assertThrows(
                ConfigurationException.class,
                () -> Keyset.read(KeySource.wrapped(() -> lies, bytes -> {
                    throw new IllegalStateException("the service is away");
                })));
        assertTrue(thrown.getMessage().contains("key service"), thrown.getMessage());
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
