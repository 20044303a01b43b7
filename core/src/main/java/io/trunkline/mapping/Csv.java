package io.trunkline.mapping;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.reader.NamedCsvRecordHandler;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values (RFC 4180) by fastcsv, which an application that uses this adds itself. The first line names the
 * columns; fields may hold commas, quotes and line breaks.
 */
public final class Csv {

    private static final int LONGEST_FIELD = 1 << 20;

    private Csv() {}

    /**
     * Gives each record as a map from column to field, one at a time. Memory does not grow with the file.
     *
     * @throws MalformedDataException naming the line, if it is not CSV, a column is named twice, or a record is longer or
     *     shorter than the head
     */
    public static void read(Reader source, Consumer<Map<String, String>> records) throws IOException {
        NamedCsvRecordHandler handler =
                NamedCsvRecordHandler.builder().maxFieldSize(LONGEST_FIELD).build();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().build(handler, withoutMark(source))) {
            Iterator<NamedCsvRecord> iterator = reader.iterator();
            Optional<NamedCsvRecord> next = next(iterator, 1);
            while (next.isPresent()) {
                NamedCsvRecord read = next.get();
                if (read.getFieldCount() != read.getHeader().size()) {
                    throw malformed(read.getStartingLineNumber());
                }
                records.accept(read.getFieldsAsMap());
                next = next(iterator, read.getStartingLineNumber());
            }
        }
    }

    private static Optional<NamedCsvRecord> next(Iterator<NamedCsvRecord> iterator, long line) throws IOException {
        try {
            return iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
        } catch (CsvParseException | IllegalStateException e) {
            throw malformed(line);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Spreadsheets put a byte order mark before the first column's name. */
    private static Reader withoutMark(Reader source) throws IOException {
        PushbackReader reader = new PushbackReader(source);
        int first = reader.read();
        if (first >= 0 && first != '\ufeff') {
            reader.unread(first);
        }
        return reader;
    }

    /**
     * Writes records. A field that a spreadsheet would run as a formula gets an apostrophe before it, because the people
     * who open such files do not expect them to act; {@link FormulaGuard} takes it away again.
     */
    public static void write(Writer target, Iterable<? extends List<String>> records) throws IOException {
        try (CsvWriter writer = CsvWriter.builder().build(target)) {
            for (List<String> fields : records) {
                writer.writeRecord(fields.stream().map(FormulaGuard::guarded).toList());
            }
        }
    }

    /**
     * Writes records as they are: for programs that read them, not for people with a spreadsheet. A value stands as its
     * text; a null is an empty field, an empty text a pair of quotes.
     */
    public static void writeAsIs(Writer target, Iterable<? extends List<? extends @Nullable Object>> records)
            throws IOException {
        try (CsvWriter writer =
                CsvWriter.builder().quoteStrategy(QuoteStrategies.EMPTY).build(target)) {
            for (List<? extends @Nullable Object> values : records) {
                CsvWriter.CsvWriterRecord record = writer.writeRecord();
                for (Object value : values) {
                    record.writeField(value == null ? null : value.toString());
                }
                record.endRecord();
            }
        }
    }

    private static MalformedDataException malformed(long line) {
        return new MalformedDataException("CSV is not well-formed at or after line " + line);
    }
}
