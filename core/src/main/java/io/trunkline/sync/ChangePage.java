package io.trunkline.sync;

import java.util.List;

/**
 * Some changes and how far they lead.
 *
 * @param changes in the order of their time, possibly none
 * @param next where the next reading begins; to be kept when the changes are safe
 * @param more whether there is more to read at once
 */
public record ChangePage(List<Change> changes, SyncCursor next, boolean more) {

    /** Keeps its own copy of the changes. */
    public ChangePage {
        changes = List.copyOf(changes);
    }
}
