package io.trunkline.store;

import java.util.Collections;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A sorted map of a {@link MemoryStore} whose changes inside a transaction can be taken back. Used under its lock. */
final class UndoableMap<K, V> {

    private final MemoryStore store;
    private final TreeMap<K, V> entries;

    UndoableMap(MemoryStore store, Comparator<? super K> order) {
        this.store = store;
        this.entries = new TreeMap<>(order);
    }

    @Nullable
    V get(K key) {
        return entries.get(key);
    }

    void put(K key, V value) {
        V before = entries.put(key, value);
        store.undoBy(() -> restore(key, before));
    }

    boolean remove(K key) {
        V before = entries.remove(key);
        if (before != null) {
            store.undoBy(() -> restore(key, before));
        }
        return before != null;
    }

    /** The entries as they are, not to be changed through it. */
    NavigableMap<K, V> view() {
        return Collections.unmodifiableNavigableMap(entries);
    }

    private void restore(K key, @Nullable V before) {
        if (before == null) {
            entries.remove(key);
        } else {
            entries.put(key, before);
        }
    }
}
