package io.trunkline.value;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param <T> the items
 * @param items in the platform's order, possibly none
 * @param cursor opaque text that leads to the next page; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String cursor) {

    /** Keeps its own copy of the items. */
    public Page {
        items = List.copyOf(items);
    }

    /** A page with nothing after it. */
    public static <T> Page<T> last(List<T> items) {
        return new Page<>(items, null);
    }

    /** What leads to the next page; empty on the last page. */
    public Optional<String> next() {
        return Optional.ofNullable(cursor);
    }
}
