package io.trunkline.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Listings over platforms that fail, repeat themselves and give empty pages. */
final class PagedTest {

    @Test
    void items_pagesThatFailNowAndThen_areEachGivenOnceInOrder() {
        for (int round = 0; round < 300; round++) {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            List<List<Integer>> pages = pages(random);
            List<Integer> all = pages.stream().flatMap(List::stream).toList();
            Iterator<Integer> items = Paged.of(failing(pages, random)).iterator();

            List<Integer> given = new ArrayList<>();
            for (int failures = 0; failures < 10_000; failures++) {
                try {
                    while (items.hasNext()) {
                        given.add(items.next());
                    }
                    break;
                } catch (IllegalStateException e) {
                    assertEquals(all.subList(0, given.size()), given, "seed " + seed);
                }
            }

            assertEquals(all, given, "seed " + seed);
        }
    }

    @Test
    void walk_goneOnFromTheCursorOfAFailure_missesAndRepeatsNothing() {
        for (int round = 0; round < 300; round++) {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            List<List<Integer>> pages = pages(random);
            Paged<Integer> paged = Paged.of(failing(pages, random));
            List<Integer> given = new ArrayList<>();
            Paged.PageWalk<Integer> walk = paged.pages();
            while (walk.hasNext()) {
                try {
                    given.addAll(walk.next().items());
                } catch (IllegalStateException e) {
                    walk = walk.cursor().map(paged::from).orElse(paged).pages();
                }
            }

            assertEquals(pages.stream().flatMap(List::stream).toList(), given, "seed " + seed);
        }
    }

    private static List<List<Integer>> pages(Random random) {
        List<List<Integer>> pages = new ArrayList<>();
        int number = 0;
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            List<Integer> page = new ArrayList<>();
            for (int items = random.nextInt(4); items > 0; items--) {
                page.add(number++);
            }
            pages.add(page);
        }
        return pages;
    }

    private static Paged.Source<Integer> failing(List<List<Integer>> pages, Random random) {
        return cursor -> {
            if (random.nextInt(3) == 0) {
                throw new IllegalStateException("down");
            }
            int page = cursor.map(Integer::parseInt).orElse(0);
            String next = page + 1 < pages.size() ? Integer.toString(page + 1) : null;
            return new Page<>(pages.get(page), next);
        };
    }

    @Test
    void T5_circleOfThreePages_isStoppedWhereverItIsEntered() {
        AtomicInteger asked = new AtomicInteger();
        Paged<String> circle = Paged.of(cursor -> {
            asked.incrementAndGet();
            int page = cursor.map(Integer::parseInt).orElse(0);
            return new Page<>(List.of("p" + page), Integer.toString((page + 1) % 3));
        });

        List<String> given = new ArrayList<>();
        assertThrows(IllegalStateException.class, () -> circle.forEach(given::add));
        assertTrue(asked.get() <= 4, "asked " + asked);
        asked.set(0);
        assertThrows(IllegalStateException.class, () -> circle.from("1").forEach(given::add));
        assertTrue(asked.get() <= 3, "asked " + asked);
    }

    @Test
    void T5_pageThatNamesItself_isStopped() {
        AtomicInteger asked = new AtomicInteger();
        Paged<String> self = Paged.of(cursor -> {
            asked.incrementAndGet();
            return new Page<>(List.of("x"), "same");
        });

        assertThrows(
                IllegalStateException.class, () -> self.from("same").stream().count());
        assertEquals(1, asked.get());
    }

    @Test
    void iterator_askedAgain_beginsAnew() {
        AtomicInteger asked = new AtomicInteger();
        Paged<Integer> paged = Paged.of(cursor -> Page.last(List.of(asked.incrementAndGet())));

        assertEquals(List.of(1), paged.stream().toList());
        assertEquals(List.of(2), paged.stream().toList());
        assertEquals(List.of(3), paged.first().items());
        assertEquals(Optional.empty(), paged.first().next());
    }

    @Test
    void iterator_atItsEnd_saysSo() {
        Iterator<String> none = Paged.<String>of(cursor -> Page.last(List.of())).iterator();

        assertFalse(none.hasNext());
        assertThrows(NoSuchElementException.class, none::next);
        Paged.PageWalk<String> walk =
                Paged.<String>of(cursor -> Page.last(List.of("x"))).pages();
        assertEquals(List.of("x"), walk.next().items());
        assertThrows(NoSuchElementException.class, walk::next);
        assertEquals(Optional.empty(), walk.cursor());
    }

    @Test
    void page_ofAListThatChanges_doesNotChange() {
        List<String> items = new ArrayList<>(List.of("a"));
        Page<String> page = new Page<>(items, "next");
        items.add("b");

        assertEquals(List.of("a"), page.items());
        assertEquals(Optional.of("next"), page.next());
    }
}
