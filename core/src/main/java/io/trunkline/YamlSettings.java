package io.trunkline;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads settings from YAML 1.2 by SnakeYAML Engine, which an application that wants YAML adds itself. A class of its own,
 * so that an application with properties does without.
 */
final class YamlSettings {

    private YamlSettings() {}

    static Map<String, Map<String, String>> read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            LoadSettings bounds = LoadSettings.builder()
                    .setMaxAliasesForCollections(0)
                    .setAllowDuplicateKeys(false)
                    .build();
            return connections(new Load(bounds).loadFromReader(reader), file);
        } catch (YamlEngineException e) {
            throw SettingsFile.unreadable(file, "is not well-formed YAML");
        } catch (NoClassDefFoundError e) {
            throw SettingsFile.unreadable(file, "needs org.snakeyaml:snakeyaml-engine on the class path");
        }
    }

    private static Map<String, Map<String, String>> connections(Object document, Path file) {
        Map<String, Map<String, String>> connections = new LinkedHashMap<>();
        map(document, file).forEach((name, settings) -> {
            Map<String, String> texts = new LinkedHashMap<>();
            map(settings, file).forEach((setting, value) -> {
                if (value != null) {
                    texts.put(String.valueOf(setting), text(value, file));
                }
            });
            connections.put(String.valueOf(name), texts);
        });
        return connections;
    }

    private static String text(Object value, Path file) {
        if (value instanceof List<?> several) {
            return several.stream().map(each -> text(each, file)).collect(Collectors.joining(","));
        }
        if (value instanceof Map<?, ?>) {
            throw SettingsFile.unreadable(file, "has settings below a setting, which no setting has");
        }
        return value.toString();
    }

    private static Map<?, ?> map(Object value, Path file) {
        if (value instanceof Map<?, ?> fields) {
            return fields;
        }
        throw SettingsFile.unreadable(file, "must name connections, and under each its settings");
    }
}
