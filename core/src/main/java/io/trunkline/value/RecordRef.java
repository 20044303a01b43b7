package io.trunkline.value;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The address of one record: which connection, which type in the platform's own words, which id there.
 *
 * @param connection the connection's name, such as {@code crm-emea}
 * @param type the platform's word for the type, such as {@code Contact}
 * @param id the platform's id, at most 512 characters
 * @param link the address of a page that shows the record to a person, for a screen pop, as a text because reading an
 *     address costs as much as reading the record; null if the platform has none
 */
public record RecordRef(
        String connection, String type, String id, @Nullable String link) {

    private static final int LONGEST_ID = 512;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if a part is blank, or the id is too long or holds control characters
     */
    public RecordRef {
        requireText("connection", connection);
        requireText("type", type);
        requireText("id", id);
        if (id.length() > LONGEST_ID || holdsControl(id)) {
            throw new IllegalArgumentException("id must be at most 512 characters without control characters");
        }
    }

    /** A reference without a link. */
    public static RecordRef of(String connection, String type, String id) {
        return new RecordRef(connection, type, id, null);
    }

    /**
     * The page that shows the record to a person.
     *
     * @throws IllegalArgumentException if whoever made the reference gave a link that is no address
     */
    public Optional<URI> url() {
        return Optional.ofNullable(link).map(URI::create);
    }

    /** No stream, because every record of a synchronisation comes by here. */
    private static boolean holdsControl(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (Character.isISOControl(id.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static void requireText(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is required, but was blank");
        }
    }
}
