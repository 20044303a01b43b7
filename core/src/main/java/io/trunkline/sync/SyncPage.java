package io.trunkline.sync;

import io.trunkline.error.ConnectorException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A page on its way: what is fit to be written, one record for each key, and what is not. */
final class SyncPage {

    private final Map<String, Change> fit = new LinkedHashMap<>();
    private final Map<Change, String> unfit = new LinkedHashMap<>();
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

    Map<Change, String> unfit() {
        return unfit;
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
            String key = made.get().ref().id();
            skipped += fit.remove(key) == null ? 0 : 1;
            fit.put(key, made.get());
        } catch (ConnectorException e) {
            throw e;
        } catch (PoisonException e) {
            unfit.put(record, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            unfit.put(record, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
