package io.trunkline.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CsvTest {

    @Test
    void read_quotesCommasAndLineBreaks_areOneField() throws Exception {
        List<Map<String, String>> records = new ArrayList<>();

        Csv.read(new StringReader("name,note\n\"Li, Wei\",\"said \"\"no\"\"\nand left\"\n"), records::add);

        assertEquals(List.of(Map.of("name", "Li, Wei", "note", "said \"no\"\nand left")), records);
    }

    @Test
    void read_recordOfAnotherLength_isRefusedByLine() {
        MalformedDataException thrown = assertThrows(
                MalformedDataException.class, () -> Csv.read(new StringReader("a,b\n1,2\n3\n"), record -> {}));

        assertTrue(thrown.getMessage().contains("after line 2"), thrown::getMessage);
    }

    @Test
    void read_columnNamedTwice_isRefused() {
        assertThrows(MalformedDataException.class, () -> Csv.read(new StringReader("a,a\n1,2\n"), record -> {}));
    }

    @Test
    void write_formulas_areMadeHarmlessAndNumbersKept() throws Exception {
        StringWriter text = new StringWriter();

        Csv.write(text, List.of(List.of("=1+1", "-5", "+4420", "@x", "-x", "plain")));

        assertEquals("'=1+1,-5,+4420,'@x,'-x,plain\r\n", text.toString());
    }
}
