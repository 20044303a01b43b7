package io.trunkline;

import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads connections and their settings, as text, from a file. */
final class SettingsFile {

    private static final long LARGEST = 1 << 20;

    private SettingsFile() {}

    static Map<String, Map<String, String>> read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw unreadable(file, "is larger than 1 MiB");
            }
            String name = file.toString();
            return name.endsWith(".yaml") || name.endsWith(".yml") ? YamlSettings.read(file) : properties(file);
        } catch (IOException e) {
            throw unreadable(file, "cannot be read");
        }
    }

    static ConfigurationException unreadable(Path file, String problem) {
        return new ConfigurationException(
                "settings file " + file.getFileName() + " " + problem + "; correct the file",
                ErrorContext.of("trunkline", "open", ErrorKind.CONFIGURATION),
                null);
    }

    private static Map<String, Map<String, String>> properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IllegalArgumentException e) {
            throw unreadable(file, "is not of the form name = value");
        }
        Map<String, Map<String, String>> connections = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            int dot = key.indexOf('.');
            if (dot <= 0) {
                throw unreadable(file, "has a line that is not of the form connection.setting = value");
            }
            connections
                    .computeIfAbsent(key.substring(0, dot), name -> new LinkedHashMap<>())
                    .put(key.substring(dot + 1), properties.getProperty(key));
        }
        return connections;
    }
}
