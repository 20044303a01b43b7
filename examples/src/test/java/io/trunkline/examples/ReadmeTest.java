package io.trunkline.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trunkline.connector.Capability;
import io.trunkline.connector.ConnectorDescriptor;
import io.trunkline.connector.ConnectorProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README says what is: its program is the compiled one, its table is the descriptors'. */
final class ReadmeTest {

    private static final Path ROOT = Path.of(System.getProperty("trunkline.root"));

    @Test
    void quickStart_inTheReadme_isTheCompiledProgram() throws IOException {
        List<String> program =
                Files.readAllLines(ROOT.resolve("examples/src/main/java/io/trunkline/examples/QuickStart.java"));
        int start = program.indexOf("    public static void main(String[] args) {") + 1;
        int end = program.subList(start, program.size()).indexOf("    }") + start;
        String body = program.subList(start, end).stream()
                .map(line -> line.isEmpty() ? line : line.substring(8))
                .collect(Collectors.joining("\n"));

        assertTrue(readme().contains("```java\n" + body + "\n```"), () -> "the README must hold:\n" + body);
        assertTrue(end - start <= 22);
    }

    @Test
    void connectorTable_inTheReadme_isMadeOfTheDescriptors() throws IOException {
        String table = ServiceLoader.load(ConnectorProvider.class).stream()
                .map(provider -> provider.get().descriptor())
                .sorted(Comparator.comparing(ConnectorDescriptor::category).thenComparing(ConnectorDescriptor::id))
                .map(ReadmeTest::row)
                .collect(Collectors.joining("\n"));

        assertTrue(readme().contains(table), () -> "the README must hold:\n" + table);
    }

    @Test
    void documents_thatTheReadmePointsTo_areThere() throws IOException {
        List<String> missing = readme().lines()
                .flatMap(line ->
                        Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(line).results())
                .map(match -> match.group(1))
                .filter(file -> !Files.exists(ROOT.resolve(file)))
                .toList();

        assertEquals(List.of(), missing);
    }

    private static String row(ConnectorDescriptor connector) {
        String clients = connector.capabilities().stream()
                .map(Capability::id)
                .map(id -> id.substring(0, id.indexOf('.')))
                .distinct()
                .collect(Collectors.joining(", "));
        return "| " + connector.displayName() + " | `" + connector.id() + "` | "
                + connector.category().name().toLowerCase(Locale.ROOT) + " | " + clients + " |";
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }
}
