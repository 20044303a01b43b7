package io.trunkline.connector;

import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.value.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The values of a connector's settings, typed or still as text. Immutable; prints names only, never values.
 */
public final class ConnectorSettings {

    private final Map<String, Object> values;

    private ConnectorSettings(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** No values yet. */
    public static ConnectorSettings empty() {
        return new ConnectorSettings(new TreeMap<>());
    }

    /** Values as text, as a settings file has them. */
    public static ConnectorSettings ofText(Map<String, String> texts) {
        return new ConnectorSettings(new TreeMap<>(texts));
    }

    /** A copy with one more value. */
    public <T> ConnectorSettings with(Setting<T> setting, T value) {
        Map<String, Object> copy = new TreeMap<>(values);
        copy.put(setting.name(), value);
        return new ConnectorSettings(copy);
    }

    /**
     * The value of a setting that is required or has a default.
     *
     * @throws IllegalStateException if it has neither value nor default: settings are checked before a connector opens
     */
    public <T> T get(Setting<T> setting) {
        return find(setting)
                .orElseThrow(() -> new IllegalStateException(setting.name() + " is required, but was not set"));
    }

    /** The value of a setting, its default where it was left out, or empty. */
    public <T> Optional<T> find(Setting<T> setting) {
        Object value = values.get(setting.name());
        if (value == null) {
            return setting.defaultValue();
        }
        return Optional.of(typed(setting, value));
    }

    /** All that is wrong, each in one line that names the setting, in the order of the descriptor. */
    public List<String> problems(ConnectorDescriptor descriptor) {
        List<String> problems = new ArrayList<>();
        Set<String> unknown = new TreeSet<>(values.keySet());
        for (Setting<?> setting : descriptor.settings()) {
            problemOf(setting).ifPresent(problems::add);
            unknown.remove(setting.name());
        }
        for (String name : unknown) {
            problems.add(name + " is not a setting of " + descriptor.id() + " (it has " + names(descriptor) + ")");
        }
        return problems;
    }

    /**
     * Refuses settings that do not fit, with all problems at once.
     *
     * @throws ConfigurationException listing every problem
     */
    public void check(ConnectorDescriptor descriptor, String connection) {
        List<String> problems = problems(descriptor);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(
                    "settings of " + descriptor.displayName() + " are wrong: " + String.join("; ", problems),
                    ErrorContext.of(connection, "open", ErrorKind.CONFIGURATION),
                    null);
        }
    }

    /** The names that have a value. */
    @Override
    public String toString() {
        return "ConnectorSettings" + values.keySet();
    }

    private static String names(ConnectorDescriptor descriptor) {
        return descriptor.settings().stream().map(Setting::name).collect(Collectors.joining(", "));
    }

    private Optional<String> problemOf(Setting<?> setting) {
        Object value = values.get(setting.name());
        if (value == null) {
            return setting.required()
                    ? Optional.of(setting.name() + " is required, but was not set")
                    : Optional.empty();
        }
        try {
            setting.check(typed(setting, value));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(setting.name() + " " + e.getMessage());
        }
    }

    @SuppressWarnings("unchecked") // A value that is not text was put in by with(), whose signature ties the types.
    private static <T> T typed(Setting<T> setting, Object value) {
        return asText(value).map(setting::parse).orElseGet(() -> (T) value);
    }

    /** A value given in code can be as wrong as one in a file, so what has a text is checked by its text. */
    private static Optional<String> asText(Object value) {
        if (value instanceof Secret secret) {
            return Optional.of(secret.reveal());
        }
        if (value instanceof List<?> list && list.stream().allMatch(URI.class::isInstance)) {
            return Optional.of(list.stream().map(Object::toString).collect(Collectors.joining(",")));
        }
        boolean plain = value instanceof String
                || value instanceof URI
                || value instanceof Integer
                || value instanceof Duration;
        return plain ? Optional.of(value.toString()) : Optional.empty();
    }
}
