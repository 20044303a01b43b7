package io.trunkline.benchmarks.throughput;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.trunkline.benchmarks.throughput.HandWrittenLoader.Contact;
import io.trunkline.mapping.Csv;
import io.trunkline.mapping.FormulaGuard;
import io.trunkline.sync.Sink;
import io.trunkline.sync.file.FileSink;
import java.io.IOException;
import java.io.Reader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/**
 * A folder with one file of CSV. By hand and by Camel it is written under another name, forced to the disk at the end, and
 * renamed; it has times as the platform writes them, and texts as they are. Camel that does the same job writes the same file,
 * byte for byte: times of changes in one form, and what a spreadsheet would run made harmless.
 */
record ContactFile(Path folder) implements Target {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS]XX");
    private static final String CHANGED_AT = "SystemModstamp";
    private static final List<String> COLUMNS = columns("id", "changed_at", "deleted");
    private static final List<String> FIELDS = columns("Id", CHANGED_AT, "IsDeleted");
    private static final String UNDER_WAY = "contacts.part";

    @Override
    public void renew() throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Iterator<Path> each = files.iterator(); each.hasNext(); ) {
                Files.delete(each.next());
            }
        }
    }

    @Override
    public String content() throws IOException {
        long[] sums = new long[2];
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "contacts*.csv")) {
            for (Path file : files) {
                try (Reader reader = Files.newBufferedReader(file)) {
                    Csv.read(reader, row -> {
                        sums[0]++;
                        sums[1] += sameTime(row).hashCode();
                    });
                }
            }
        }
        return sums[0] + " rows of sum " + sums[1];
    }

    @Override
    public Supplier<Sink> sink() {
        String[] more = COLUMNS.subList(3, COLUMNS.size()).toArray(String[]::new);
        return FileSink.csv(folder).columns(more).build();
    }

    @Override
    public Pages pages() throws IOException {
        CsvWriter writer = CsvWriter.builder().build(Files.newBufferedWriter(folder.resolve(UNDER_WAY)));
        writer.writeRecord(COLUMNS);
        return new Lines(writer);
    }

    @Override
    public ProcessorDefinition<?> route(ProcessorDefinition<?> page, boolean forced) {
        return page.process(forced ? page(ContactFile::same) : page(Map::get))
                .to("file:" + folder + "?fileName=" + UNDER_WAY + "&fileExist=Append&forceWrites=" + forced);
    }

    @Override
    public void finish() throws IOException {
        Path file = folder.resolve(UNDER_WAY);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(file, folder.resolve("contacts.csv"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** With what Camel's own data format prints with. */
    private Processor page(BiFunction<Map<?, ?>, String, @Nullable Object> field) {
        return exchange -> {
            StringBuilder text = new StringBuilder();
            if (!Files.exists(folder.resolve(UNDER_WAY))) {
                CSVFormat.RFC4180.printRecord(text, COLUMNS.toArray());
            }
            for (Object contact : exchange.getMessage().getBody(List.class)) {
                Map<?, ?> fields = (Map<?, ?>) contact;
                CSVFormat.RFC4180.printRecord(
                        text,
                        FIELDS.stream().map(name -> field.apply(fields, name)).toArray());
            }
            exchange.getMessage().setBody(text.toString().getBytes(StandardCharsets.UTF_8));
        };
    }

    /** As it stands in the library's file. */
    private static @Nullable Object same(Map<?, ?> contact, String name) {
        return contact.get(name) instanceof String text
                ? name.equals(CHANGED_AT) ? OffsetDateTime.parse(text, TIME).toInstant() : FormulaGuard.guarded(text)
                : contact.get(name);
    }

    private static List<Object> sameTime(Map<String, String> row) {
        List<Object> values = new ArrayList<>(row.values());
        values.set(1, OffsetDateTime.parse(row.get("changed_at"), TIME).toInstant());
        return values;
    }

    private static List<String> columns(String... first) {
        return Stream.of(Stream.of(first), TEXTS.stream(), Stream.of("CreatedDate"))
                .flatMap(names -> names)
                .toList();
    }

    private record Lines(CsvWriter writer) implements Pages {

        @Override
        public void write(List<Contact> page) {
            for (Contact contact : page) {
                writer.writeRecord(
                        contact.id(),
                        contact.systemModstamp(),
                        String.valueOf(contact.isDeleted()),
                        contact.name(),
                        contact.firstName(),
                        contact.lastName(),
                        contact.phone(),
                        contact.mobilePhone(),
                        contact.homePhone(),
                        contact.otherPhone(),
                        contact.fax(),
                        contact.email(),
                        contact.accountId(),
                        contact.ownerId(),
                        contact.createdDate());
            }
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }
}
