package io.trunkline.mapping;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An unmodifiable object of JSON whose names are kept once for all rows of an answer: a tenth of what a map takes,
 * where millions of records come by. A wire record that has a list of them gets them; values are those of {@link
 * Json#object}.
 */
public final class Row extends AbstractMap<String, @Nullable Object> {

    private final RowNames names;
    private final @Nullable Object[] values;

    /** Of values that nobody else holds, in the order of the names. */
    Row(RowNames names, @Nullable Object[] values) {
        this.names = names;
        this.values = values;
    }

    /** A row with these fields, in this order. */
    public static Row of(Map<String, ? extends @Nullable Object> fields) {
        return new Row(RowNames.of(fields), fields.values().toArray());
    }

    /** The row without a field, if it has it. */
    public Row without(String name) {
        int place = names.place(name);
        if (place < 0) {
            return this;
        }
        @Nullable Object[] others = Arrays.copyOf(values, values.length - 1);
        System.arraycopy(values, place + 1, others, place, others.length - place);
        return new Row(names.without(name), others);
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        int place = names.place(name);
        return place < 0 ? null : values[place];
    }

    /**
     * The values under some names, in their order, null where there is none; the caller may set others in the list. Rows of
     * one answer that are given the same unmodifiable list look for its names once.
     */
    public List<@Nullable Object> values(List<String> asked) {
        int[] places = names.places(asked);
        @Nullable Object[] found = new Object[places.length];
        for (int i = 0; i < places.length; i++) {
            found[i] = places[i] < 0 ? null : values[places[i]];
        }
        return Arrays.asList(found);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return names.place(name) >= 0;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
        for (int i = 0; i < values.length; i++) {
            action.accept(names.name(i), values[i]);
        }
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, @Nullable Object>> iterator() {
                return IntStream.range(0, values.length)
                        .mapToObj(Row.this::entry)
                        .iterator();
            }

            @Override
            public int size() {
                return values.length;
            }
        };
    }

    /** The names, for those that come after it. */
    RowNames names() {
        return names;
    }

    private Entry<String, @Nullable Object> entry(int place) {
        return new SimpleImmutableEntry<>(names.name(place), values[place]);
    }
}
