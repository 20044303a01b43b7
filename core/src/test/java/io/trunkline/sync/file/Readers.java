package io.trunkline.sync.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.h2.tools.Csv;

/** Files read by programs of other people: H2's reader of CSV and SQLite's of JSON. */
final class Readers {

    private Readers() {}

    /** The files that can be seen, in the order of their names. */
    static List<Path> visible(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    static byte[] content(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (!file.toString().endsWith(".gz")) {
            return bytes;
        }
        try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return unpacked.readAllBytes();
        }
    }

    /** All rows of all files, each by the names of its columns. */
    static List<Map<String, String>> rows(Path folder) throws IOException, SQLException {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Path file : visible(folder)) {
            rows.addAll(file.toString().contains(".csv") ? csv(content(file)) : jsonLines(content(file)));
        }
        return rows;
    }

    private static List<Map<String, String>> csv(byte[] content) throws IOException, SQLException {
        List<Map<String, String>> rows = new ArrayList<>();
        Csv reader = new Csv();
        reader.setPreserveWhitespace(true);
        reader.setCaseSensitiveColumnNames(true);
        try (ResultSet result =
                reader.read(new InputStreamReader(new ByteArrayInputStream(content), StandardCharsets.UTF_8), null)) {
            while (result.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.put(result.getMetaData().getColumnName(i), result.getString(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<Map<String, String>> jsonLines(byte[] content) throws SQLException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                PreparedStatement parse = connection.prepareStatement("SELECT key, value FROM json_each(?)")) {
            for (String line :
                    new String(content, StandardCharsets.UTF_8).lines().toList()) {
                parse.setString(1, line);
                Map<String, String> row = new LinkedHashMap<>();
                try (ResultSet fields = parse.executeQuery()) {
                    while (fields.next()) {
                        row.put(fields.getString(1), fields.getString(2));
                    }
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
