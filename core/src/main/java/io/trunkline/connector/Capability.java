package io.trunkline.connector;

import java.util.regex.Pattern;

/**
 * Something that a client can do or not, by name; a connector declares its own, the interfaces of the categories name
 * the common ones.
 *
 * @param id client and ability, such as {@code contacts.find-by-phone}
 */
public record Capability(String id) implements Comparable<Capability> {

    private static final Pattern FORM = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if the id is not lower-case words joined by dots
     */
    public Capability {
        if (!FORM.matcher(id).matches()) {
            throw new IllegalArgumentException("capability id must be lower-case words joined by dots, but was " + id);
        }
    }

    /** The capability of the given id. */
    public static Capability of(String id) {
        return new Capability(id);
    }

    /** By id. */
    @Override
    public int compareTo(Capability other) {
        return id.compareTo(other.id);
    }

    /** The id. */
    @Override
    public String toString() {
        return id;
    }
}
