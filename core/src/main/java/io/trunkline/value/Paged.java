package io.trunkline.value;

import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A lazy listing: a page is asked for only when its first item is. Items already given stay given when a later page
 * fails; {@link PageWalk#cursor()} then says where to go on. Iterating again starts again.
 *
 * @param <T> the items
 */
public final class Paged<T> implements Iterable<T> {

    /**
     * Gives one page.
     *
     * @param <T> the items
     */
    @FunctionalInterface
    public interface Source<T> {
        /**
         * The page that a cursor leads to.
         *
         * @param cursor empty for the first page
         */
        Page<T> page(Optional<String> cursor);
    }

    private final Source<T> source;
    private final @Nullable String start;

    private Paged(Source<T> source, @Nullable String start) {
        this.source = source;
        this.start = start;
    }

    /** A listing from its first page. */
    public static <T> Paged<T> of(Source<T> source) {
        return new Paged<>(source, null);
    }

    /** The same listing from the page that a cursor leads to. */
    public Paged<T> from(String cursor) {
        return new Paged<>(source, cursor);
    }

    /** The first page alone. */
    public Page<T> first() {
        return source.page(Optional.ofNullable(start));
    }

    /** The pages one after another, with the cursor that repeats the page to come. */
    public PageWalk<T> pages() {
        return new PageWalk<>(source, start);
    }

    /** The items of all pages. */
    @Override
    public Iterator<T> iterator() {
        PageWalk<T> walk = pages();
        return new Iterator<>() {
            private Iterator<T> items = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!items.hasNext() && walk.hasNext()) {
                    items = walk.next().items().iterator();
                }
                return items.hasNext();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the listing has no more items");
                }
                return items.next();
            }
        };
    }

    /** The items of all pages as a sequential stream. */
    public Stream<T> stream() {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED), false);
    }

    /**
     * A walk over pages that refuses to go in circles.
     *
     * @param <T> the items
     */
    public static final class PageWalk<T> implements Iterator<Page<T>> {

        private final Source<T> source;
        private final Set<String> visited = new HashSet<>();
        private @Nullable String cursor;
        private boolean more = true;

        private PageWalk(Source<T> source, @Nullable String start) {
            this.source = source;
            this.cursor = start;
            if (start != null) {
                visited.add(start);
            }
        }

        /** What leads to the page that {@link #next()} would give; empty before the first and after the last. */
        public Optional<String> cursor() {
            return Optional.ofNullable(cursor);
        }

        /** Whether the platform has named another page. */
        @Override
        public boolean hasNext() {
            return more;
        }

        /**
         * Asks for the next page. A failure leaves the walk where it was, so the same page can be asked for again.
         *
         * @throws IllegalStateException if the platform names a page that the walk has already seen
         */
        @Override
        public Page<T> next() {
            if (!more) {
                throw new NoSuchElementException("the listing has no more pages");
            }
            Page<T> page = source.page(Optional.ofNullable(cursor));
            String following = page.cursor();
            if (following != null && !visited.add(following)) {
                throw new IllegalStateException("the platform's paging goes in a circle; the listing stops here");
            }
            cursor = following;
            more = following != null;
            return page;
        }
    }
}
