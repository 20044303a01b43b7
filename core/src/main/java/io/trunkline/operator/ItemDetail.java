package io.trunkline.operator;

import java.util.List;

/**
 * An item and the form of what it holds.
 *
 * @param item the item
 * @param content line by line: names, kinds and lengths; values only where they cannot be personal
 */
public record ItemDetail(BacklogItem item, List<String> content) {

    /** Keeps its own copy of the lines. */
    public ItemDetail {
        content = List.copyOf(content);
    }
}
