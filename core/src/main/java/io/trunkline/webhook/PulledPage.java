package io.trunkline.webhook;

import java.util.List;

/**
 * Some items and how far they lead.
 *
 * @param items as the platform gave them, in its order, possibly none; each at most a mebibyte
 * @param next the cursor that the next reading begins at
 * @param more whether there is more to read at once
 */
public record PulledPage(List<byte[]> items, String next, boolean more) {

    private static final int LARGEST_ITEM = 1 << 20;

    /**
     * Keeps its own copy of the list.
     *
     * @throws IllegalArgumentException if there is no cursor, or it or an item is too large
     */
    public PulledPage {
        items = List.copyOf(items);
        if (next.isEmpty() || next.length() > LARGEST_ITEM / 4) {
            throw new IllegalArgumentException("a cursor must have 1 to " + LARGEST_ITEM / 4 + " characters");
        }
        if (items.stream().anyMatch(item -> item.length > LARGEST_ITEM)) {
            throw new IllegalArgumentException("an item must have at most " + LARGEST_ITEM + " bytes");
        }
    }

    /** How many there are: items may be personal. */
    @Override
    public String toString() {
        return "PulledPage[" + items.size() + " items" + (more ? ", more" : "") + "]";
    }
}
