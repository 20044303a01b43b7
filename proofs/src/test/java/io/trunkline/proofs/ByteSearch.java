package io.trunkline.proofs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Searches files, byte by byte, for texts in all forms in which programs write texts. */
final class ByteSearch {

    private ByteSearch() {}

    /** Which of the texts stand in a file below the folder, each with the file. */
    static Set<String> hits(Path folder, List<String> texts) throws IOException {
        Set<String> hits = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                texts.stream()
                        .filter(text -> forms(text).stream().anyMatch(bytes::contains))
                        .forEach(text -> hits.add(text + " in " + file.getFileName()));
            }
        }
        return hits;
    }

    /** As ISO 8859-1 sees the bytes. */
    static Set<String> forms(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Set<String> forms = new LinkedHashSet<>();
        for (byte[] each :
                List.of(bytes, text.getBytes(StandardCharsets.UTF_16LE), text.getBytes(StandardCharsets.UTF_16BE))) {
            forms.add(new String(each, StandardCharsets.ISO_8859_1));
        }
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        for (int before = 0; before < 3; before++) {
            forms.add(base64(bytes, before));
        }
        return forms;
    }

    /** The letters that depend on nothing but the bytes, wherever in a longer text they stand. */
    private static String base64(byte[] bytes, int before) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        String letters = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        return letters.substring((before * 8 + 5) / 6, shifted.length * 8 / 6);
    }
}
