package io.trunkline.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import io.trunkline.value.Secret;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for every value that can be written as JSON, tried on random ones. */
final class JsonPropertiesTest {

    /** A record on the wire with every kind of component. */
    public record Wire(String text, Long whole, BigDecimal exact, Boolean flag, List<String> list, Wire inner) {}

    @Test
    void dynamicValue_writtenAndRead_isTheSame() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            Map<String, Object> value = object(random, 4);

            byte[] json = Json.write(value);

            assertEquals(value, Json.object(json), "seed " + seed);
            assertEquals(new String(json, StandardCharsets.UTF_8), text(Json.write(Json.object(json))), "seed " + seed);
        }
    }

    @Test
    void record_writtenAndRead_isTheSame() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        JsonCodec<Wire> codec = Json.codec(Wire.class);
        for (int i = 0; i < 5_000; i++) {
            Wire value = wire(random, 3);

            assertEquals(value, codec.read(codec.write(value)), "seed " + seed);
        }
    }

    /** A page of a platform's own fields, as wire records have it. */
    public record Rows(List<Map<String, Object>> rows) {}

    @Test
    void mapsInRecord_writtenAndRead_areAsDynamicValuesAre() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        JsonCodec<Rows> codec = Json.codec(Rows.class);
        for (int i = 0; i < 1_000; i++) {
            Rows value = new Rows(List.of(object(random, 3), object(random, 3)));

            assertEquals(value, codec.read(codec.write(value)), "seed " + seed);
            assertEquals(
                    text(Json.write(value.rows())), text(codec.write(value)).replaceAll("^\\{\"rows\":|}$", ""));
        }
    }

    @Test
    void mapsInRecord_anythingElse_isRefused() {
        JsonCodec<Rows> codec = Json.codec(Rows.class);
        for (String row : List.of("1", "\"x\"", "[]", "{\"a\":1,\"a\":2}", "{\"a\":null,\"a\":2}", "{\"a\"}")) {
            assertThrows(
                    MalformedDataException.class,
                    () -> codec.read(utf8("{\"rows\":[" + row + "]}")),
                    () -> "taken: " + row);
        }
    }

    /** Every whole number that a long holds is one, and every other number keeps each of its digits. */
    @Test
    void M2_numbersAroundEveryPowerOfTwo_stayExact() {
        for (int bits = 0; bits < 200; bits++) {
            for (int offset = -2; offset <= 2; offset++) {
                for (BigInteger sign : List.of(BigInteger.ONE, BigInteger.ONE.negate())) {
                    BigInteger number = BigInteger.TWO
                            .pow(bits)
                            .add(BigInteger.valueOf(offset))
                            .multiply(sign);

                    Object read = Json.object(utf8("{\"n\":" + number + "}")).get("n");

                    Object expected =
                            number.bitLength() < 64 ? (Object) number.longValueExact() : new BigDecimal(number);
                    assertEquals(expected, read);
                    assertEquals("{\"n\":" + number + "}", text(Json.write(Map.of("n", read))));
                }
            }
        }
    }

    @Test
    void document_cutAnywhere_isRefusedAndNothingElse() {
        byte[] json = utf8("\ufeff{\"a\":[1,2.50,true,null,\"\u4f60\\u0041\"],\"b\":{\"c\":{}}}");
        Json.object(json);
        for (int length = 0; length < json.length; length++) {
            byte[] cut = Arrays.copyOf(json, length);
            assertThrows(MalformedDataException.class, () -> Json.object(cut), "length " + length);
        }
    }

    @Test
    void T34_randomChangesOfADocument_areReadOrRefused() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] json = Json.write(object(new Random(3), 4));
        JsonCodec<Wire> codec = Json.codec(Wire.class);
        for (int i = 0; i < 50_000; i++) {
            byte[] changed = json.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            readOrRefused(() -> Json.object(changed), seed);
            readOrRefused(() -> codec.read(changed), seed);
        }
    }

    private static void readOrRefused(Runnable reading, long seed) {
        try {
            reading.run();
        } catch (MalformedDataException e) {
            assertTrue(e.getMessage().length() <= 200, "seed " + seed);
        }
    }

    @Test
    void write_deeperThanJsonMayBe_isRefusedWithoutNames() {
        Map<String, Object> deep = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            deep = new HashMap<>(Map.of(Canary.text(), deep));
        }
        Map<String, Object> value = deep;

        Leaks.saw(assertThrows(IllegalArgumentException.class, () -> Json.write(value)));
        Map<String, Object> circle = new HashMap<>();
        circle.put("self", circle);
        assertThrows(IllegalArgumentException.class, () -> Json.write(circle));
    }

    @Test
    void write_numberThatJsonCannotHold_isRefused() {
        for (Number number : List.of(Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)) {
            assertThrows(IllegalArgumentException.class, () -> Json.write(Map.of("n", number)));
        }
    }

    /** What holds a secret, and is written by whoever debugs. */
    public record Debugged(String name, Secret secret) {}

    @Test
    void T55_secretInADocument_isRefusedAndInADynamicOneMasked() {
        Secret secret = Secret.of(Canary.secret());
        Map<String, Object> dynamic = Map.of("secret", secret, "list", List.of(secret));

        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class, () -> Json.codec(Debugged.class).write(new Debugged("n", secret)));

        Leaks.saw(thrown);
        Leaks.printed(text(Json.write(dynamic)));
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            fields.put(string(random), value(random, depth));
        }
        return fields;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> string(random);
            case 1 -> random.nextLong() >> random.nextInt(64);
            case 2 -> new BigDecimal(new BigInteger(random.nextInt(150), random), 1 + random.nextInt(20));
            case 3 -> new BigDecimal(BigInteger.ONE.shiftLeft(64 + random.nextInt(100)));
            case 4 -> random.nextBoolean();
            case 5 -> null;
            case 6 -> object(random, depth - 1);
            default -> list(random, depth - 1);
        };
    }

    private static List<Object> list(Random random, int depth) {
        List<Object> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(value(random, depth));
        }
        return items;
    }

    private static Wire wire(Random random, int depth) {
        List<String> list = random.nextBoolean() ? null : List.of(string(random), string(random));
        return new Wire(
                random.nextBoolean() ? null : string(random),
                random.nextBoolean() ? null : random.nextLong(),
                random.nextBoolean() ? null : BigDecimal.valueOf(random.nextInt(), random.nextInt(30)),
                random.nextBoolean() ? null : random.nextBoolean(),
                list,
                depth == 0 || random.nextBoolean() ? null : wire(random, depth - 1));
    }

    private static String string(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int character = random.nextInt(4) == 0 ? random.nextInt(Character.MAX_CODE_POINT + 1) : random.nextInt(128);
            boolean half = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
            text.appendCodePoint(half ? 'x' : character);
        }
        return text.toString();
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
