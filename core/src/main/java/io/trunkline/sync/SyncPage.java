package io.trunkline.sync;

import io.trunkline.error.ConnectorException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** A page on its way: what is fit to be written, one record for each key, and what is not. */
final class SyncPage {

    private final Map<String, Change> fit = new LinkedHashMap<>();
    private final Map<String, String> unfit = new LinkedHashMap<>();
    private final Map<String, Change> given = new HashMap<>();
    private int skipped;

    private SyncPage() {}

    /**
     * Takes a page through a transform.
     *
     * @param known whether a record was written before as it is
     */
    static SyncPage of(List<Change> records, Transform transform, Predicate<Change> known) {
        SyncPage page = new SyncPage();
        for (Change record : records) {
            if (known.test(record)) {
                page.skipped++;
            } else {
                page.take(record, transform);
            }
        }
        return page;
    }

    List<Change> fit() {
        return List.copyOf(fit.values());
    }

    /** Why records do not fit, by their keys. */
    Map<String, String> unfit() {
        return unfit;
    }

    /** What the platform gave of all that fits or does not. */
    Collection<Change> given() {
        return given.values();
    }

    /** What the platform gave under a key. */
    Change given(String key) {
        return Objects.requireNonNull(given.get(key), "nothing was given under the key");
    }

    int skipped() {
        return skipped;
    }

    private void take(Change record, Transform transform) {
        try {
            Optional<Change> made = transform.apply(record);
            if (made.isEmpty()) {
                skipped++;
                return;
            }
            newest(made.get().ref().id(), record);
            fit.put(made.get().ref().id(), made.get());
        } catch (ConnectorException e) {
            throw e;
        } catch (PoisonException e) {
            aside(record, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            aside(record, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private void aside(Change record, String reason) {
        newest(record.ref().id(), record);
        unfit.put(record.ref().id(), reason);
    }

    /** Whatever became of an earlier state of the record, only its newest counts. */
    private void newest(String key, Change record) {
        skipped += fit.remove(key) == null ? 0 : 1;
        skipped += unfit.remove(key) == null ? 0 : 1;
        given.put(key, record);
    }
}
