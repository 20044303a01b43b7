package io.trunkline.sync.blob;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A blob that is kept as a whole.
 *
 * @param key where
 * @param version of which version
 * @param size how many bytes
 * @param sha256 its checksum in hexadecimal digits
 */
public record StoredBlob(String key, String version, long size, String sha256) {

    private static final Pattern NOTE = Pattern.compile(
            "# version (?<version>[^\\n]{1,500})\\n# size (?<size>\\d{1,18})\\n(?<sum>[0-9a-f]{64})  [^\\n]*\\n");

    /** What is kept beside the blob; {@code sha256sum -c} reads it too. */
    String note(String fileName) {
        return "# version " + version + "\n# size " + size + "\n" + sha256 + "  " + fileName + "\n";
    }

    /** What a note says; empty if it is none. */
    static Optional<StoredBlob> read(String key, String note) {
        Matcher said = NOTE.matcher(note);
        return said.matches()
                ? Optional.of(new StoredBlob(
                        key, said.group("version"), Long.parseLong(said.group("size")), said.group("sum")))
                : Optional.empty();
    }

    /** Version and size: a key may hold a person's name. */
    @Override
    public String toString() {
        return "StoredBlob[" + version + ", " + size + " bytes]";
    }
}
