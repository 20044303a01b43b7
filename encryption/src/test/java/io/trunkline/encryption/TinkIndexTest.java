package io.trunkline.encryption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TinkIndexTest {

    @Test
    void hashes_sameWord_areTheSameInEachProcessAndTellNothing() {
        Keyset keyset = Keyset.forIndex();
        String phone = Canary.phone();

        List<String> here = TinkIndex.of(keyset).hashes("contacts.phone", phone);
        List<String> there = TinkIndex.of(() -> keyset.json()).hashes("contacts.phone", phone);

        assertEquals(here, there);
        assertTrue(
                here.get(0).matches("[A-Za-z0-9_-]{43}"),
                "length " + here.get(0).length());
        assertNotEquals(here, TinkIndex.of(Keyset.forIndex()).hashes("contacts.phone", phone));
    }

    @Test
    void hashes_otherPlaceOrWord_areOthers() {
        TinkIndex index = TinkIndex.of(Keyset.forIndex());

        Set<String> hashes = IntStream.range(0, 1_000)
                .mapToObj(i -> index.hashes("p" + i % 10, "w" + i / 10).get(0))
                .collect(Collectors.toSet());

        assertEquals(1_000, hashes.size());
        assertNotEquals(index.hashes("a", "bc"), index.hashes("ab", "c"));
    }

    @Test
    void hashes_keyReplaced_writeWithTheNewAndFindWithBoth() {
        Keyset first = Keyset.forIndex();
        Keyset second = first.withNewKey().promoted();
        String before = TinkIndex.of(first).hashes("p", "w").get(0);

        List<String> now = TinkIndex.of(second).hashes("p", "w");

        assertEquals(2, now.size());
        assertEquals(before, now.get(1));
        assertEquals(List.of(now.get(0)), TinkIndex.of(second.withoutOldKeys()).hashes("p", "w"));
        assertEquals(before, TinkIndex.of(first.withNewKey()).hashes("p", "w").get(0));
    }
}
