package io.trunkline.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.checks.VirtualClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ValuesTest {

    @Test
    void money_sameCurrency_addsExactly() {
        Money sum = Money.of("0.10", "EUR").plus(Money.of("0.20", "EUR"));

        assertEquals("0.30 EUR", sum.toString());
        assertEquals(
                new BigDecimal("-0.10"),
                Money.of("0.10", "EUR").minus(Money.of("0.20", "EUR")).amount());
        assertTrue(Money.of("2", "CNY").compareTo(Money.of("1.99", "CNY")) > 0);
    }

    @Test
    void money_otherCurrencyOrNoNumber_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Money.of("1", "EUR").plus(Money.of("1", "USD")));
        assertThrows(IllegalArgumentException.class, () -> Money.of("1", "EUR").compareTo(Money.of("1", "USD")));
        assertThrows(IllegalArgumentException.class, () -> Money.of("one", "EUR"));
        assertThrows(IllegalArgumentException.class, () -> Money.of("1", "XXXX"));
        assertThrows(IllegalArgumentException.class, () -> Money.of("9".repeat(65), "EUR"));
    }

    @Test
    void secret_printed_showsNothing() {
        String text = Canary.secret();
        Secret secret = Secret.of(text);
        Leaks.printed(secret);
        Leaks.printed(List.of(secret));

        assertEquals(text, secret.reveal());
        assertEquals(secret, Secret.of(text));
        assertNotEquals(secret, Secret.of(text + "x"));
        assertEquals(secret.hashCode(), Secret.of("other").hashCode());
        assertThrows(IllegalArgumentException.class, () -> Secret.of(" "));
    }

    @Test
    void deadline_asTimePasses_remainsLessAndExpires() throws Exception {
        VirtualClock clock = VirtualClock.single();
        TimeSource time = TimeSource.of(clock::now, clock::nanos, clock::sleep);
        Deadline deadline = Deadline.in(Duration.ofSeconds(2), time);
        Deadline later = Deadline.in(Duration.ofSeconds(9), time);
        time.sleep(Duration.ofSeconds(1));

        assertEquals(Duration.ofSeconds(1), deadline.remaining());
        assertFalse(deadline.expired());
        assertEquals(deadline, deadline.earlier(later));
        assertEquals(deadline, later.earlier(deadline));
        time.sleep(Duration.ofSeconds(5));
        assertTrue(deadline.expired());
        assertEquals(Duration.ZERO, deadline.remaining());
        assertTrue(Deadline.in(Duration.ofSeconds(Long.MAX_VALUE), time)
                        .remaining()
                        .compareTo(Duration.ofDays(366))
                < 0);
    }

    @Test
    void callOptions_changed_leaveTheOriginalAsItWas() {
        CallOptions options = CallOptions.within(Duration.ofSeconds(1));
        CallOptions bulk = options.lane(Lane.BULK).idempotencyKey("k-1");

        assertEquals(Lane.INTERACTIVE, options.lane());
        assertEquals(Optional.of(Duration.ofSeconds(1)), bulk.timeout());
        assertEquals(Optional.of("k-1"), bulk.idempotencyKey());
        assertThrows(IllegalArgumentException.class, () -> options.timeout(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> options.idempotencyKey("a b"));
        assertThrows(IllegalArgumentException.class, () -> options.idempotencyKey("k\r\nX: 1"));
        assertThrows(IllegalArgumentException.class, () -> options.idempotencyKey("k".repeat(256)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-later"
            })
    void traceContext_publishedForms_areTaken(String header) {
        assertEquals(header, TraceContext.parse(header).orElseThrow().traceparent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
                "",
                "00"
            })
    void traceContext_otherForms_areRefused(String header) {
        assertTrue(TraceContext.parse(header).isEmpty());
        assertThrows(IllegalArgumentException.class, () -> new TraceContext(header));
    }

    @Test
    void openEnum_unknownWord_isKept() {
        OpenEnum<Lane> known = OpenEnum.of(Lane.BULK, "slow");
        OpenEnum<Lane> unknown = OpenEnum.unknown("express");

        assertTrue(known.is(Lane.BULK));
        assertEquals("slow", known.word());
        assertEquals(Optional.empty(), unknown.known());
        assertEquals("express", unknown.word());
    }

    @Test
    void recordRef_blankOrControlCharacters_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> RecordRef.of("", "t", "1"));
        assertThrows(IllegalArgumentException.class, () -> RecordRef.of("c", " ", "1"));
        assertThrows(IllegalArgumentException.class, () -> RecordRef.of("c", "t", "a\nb"));
        assertThrows(IllegalArgumentException.class, () -> RecordRef.of("c", "t", "x".repeat(513)));
        assertEquals(Optional.empty(), RecordRef.of("c", "t", "1").url());
    }

    @Test
    void recordInfo_builtFromChangingMaps_doesNotChange() {
        Map<String, Object> custom = new HashMap<>(Map.of("vip", true));
        RecordInfo info = RecordInfo.of(RecordRef.of("c", "t", "1"))
                .createdAt(Instant.EPOCH)
                .version("7")
                .customFields(custom)
                .raw(Map.of("name", Canary.text()))
                .build();
        custom.put("vip", false);
        Leaks.printed(info);

        assertEquals(true, info.customFields().get("vip"));
        assertEquals(Optional.of("7"), info.version());
        assertEquals(Optional.empty(), info.updatedAt());
        assertThrows(UnsupportedOperationException.class, () -> info.raw().put("x", 1));
    }

    @Test
    void paged_severalPages_areAskedForOnlyAsNeeded() {
        AtomicInteger asked = new AtomicInteger();
        Paged<Integer> paged = Paged.of(cursor -> {
            int page = asked.getAndIncrement();
            return page == 2 ? Page.last(List.of(5)) : new Page<>(List.of(page * 2, page * 2 + 1), "p" + page);
        });
        Iterator<Integer> items = paged.iterator();

        assertEquals(0, asked.get());
        assertEquals(0, items.next());
        assertEquals(1, asked.get());
        assertEquals(1, items.next());
        assertEquals(2, items.next());
        assertEquals(2, asked.get());
        assertEquals(3, items.next());
        assertEquals(5, items.next());
        assertThrows(NoSuchElementException.class, items::next);
    }

    @Test
    void paged_laterPageFails_keepsWhatItGaveAndGoesOnFromThere() {
        AtomicInteger failures = new AtomicInteger(1);
        Paged<String> paged = Paged.of(cursor -> {
            if (cursor.isPresent() && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("down");
            }
            return cursor.isPresent() ? Page.last(List.of("b")) : new Page<>(List.of("a"), "two");
        });
        List<String> given = new ArrayList<>();
        Paged.PageWalk<String> walk = paged.pages();

        given.addAll(walk.next().items());
        assertThrows(IllegalStateException.class, walk::next);
        assertEquals(Optional.of("two"), walk.cursor());
        given.addAll(walk.next().items());

        assertEquals(List.of("a", "b"), given);
        assertEquals(List.of("b"), paged.from("two").stream().toList());
    }

    @Test
    void paged_platformGoesInACircle_isStopped() {
        Paged<String> circle = Paged.of(cursor -> new Page<>(List.of("x"), "same"));

        assertThrows(
                IllegalStateException.class, () -> circle.stream().limit(10).toList());
    }

    @Test
    void paged_emptyPagesBetween_arePassedOver() {
        Paged<String> paged = Paged.of(cursor -> cursor.isEmpty()
                ? new Page<>(List.of(), "1")
                : cursor.get().equals("1") ? new Page<>(List.of(), "2") : Page.last(List.of("end")));

        assertEquals(List.of("end"), paged.stream().toList());
    }
}
