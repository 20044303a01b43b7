package io.trunkline;

import io.trunkline.connector.ConnectorProvider;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What shall be opened: connections named in code and in files, and the connectors that files may name. */
final class ConnectionPlans {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final String CONNECTOR = "connector";

    private final Map<String, ConnectorSetup> inCode = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> inFiles = new LinkedHashMap<>();
    private final Map<String, ConnectorProvider> providers = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private UnaryOperator<@Nullable String> variables = System::getenv;

    void add(String name, ConnectorSetup setup) {
        if (named(name) && inCode.put(name, setup) != null) {
            problems.add("connection " + name + " is named twice");
        }
    }

    void provider(ConnectorProvider provider) {
        String id = provider.descriptor().id();
        ConnectorProvider other = providers.putIfAbsent(id, provider);
        if (other != null && !other.getClass().equals(provider.getClass())) {
            problems.add("two connectors call themselves " + id + ": "
                    + other.getClass().getName() + " and " + provider.getClass().getName());
        }
    }

    void discover() {
        try {
            ServiceLoader.load(ConnectorProvider.class).forEach(this::provider);
        } catch (ServiceConfigurationError e) {
            problems.add("a connector on the class path cannot be loaded (" + e.getMessage() + ")");
        }
    }

    void environment(UnaryOperator<@Nullable String> value) {
        this.variables = value;
    }

    void file(Map<String, Map<String, String>> connections) {
        connections.forEach((name, settings) -> {
            if (named(name) && inFiles.put(name, settings) != null) {
                problems.add("connection " + name + " is named twice");
            }
        });
    }

    /** Everything to open, or one error that tells all that is wrong. */
    Map<String, ConnectorSetup> checked() {
        Map<String, ConnectorSetup> setups = new LinkedHashMap<>(inCode);
        List<String> wrong = new ArrayList<>(problems);
        inFiles.forEach((name, settings) -> setup(name, settings, wrong).ifPresent(setup -> {
            if (setups.putIfAbsent(name, setup) != null) {
                wrong.add("connection " + name + " is named twice");
            }
        }));
        setups.forEach((name, setup) -> setup.settings()
                .problems(setup.provider().descriptor())
                .forEach(problem -> wrong.add(name + ": " + problem)));
        if (!wrong.isEmpty()) {
            throw new ConfigurationException(
                    "the settings are wrong: " + String.join("; ", wrong),
                    ErrorContext.of("trunkline", "open", ErrorKind.CONFIGURATION),
                    null);
        }
        return setups;
    }

    private Optional<ConnectorSetup> setup(String name, Map<String, String> settings, List<String> wrong) {
        Map<String, String> values = new TreeMap<>(settings);
        String id = values.remove(CONNECTOR);
        ConnectorProvider provider = id == null ? null : providers.get(id);
        if (provider == null) {
            wrong.add(name + ": " + (id == null ? "connector is required, but was not set" : unknown(id)));
            return Optional.empty();
        }
        Variables resolved = new Variables(variables);
        values.replaceAll((key, value) -> resolved.in(value));
        resolved.missing().forEach(variable -> wrong.add(name + ": variable " + variable + " is not set"));
        return Optional.of(new ConnectorSetup(provider, ConnectorSettings.ofText(values)));
    }

    private String unknown(String id) {
        return "there is no connector " + (id.matches("[a-z0-9-]{1,40}") ? id : "of this name") + "; known are "
                + providers.keySet();
    }

    private boolean named(String name) {
        boolean fits = NAME.matcher(name).matches();
        if (!fits) {
            problems.add("the name of a connection must be letters, digits, hyphens and underscores, at most 64");
        }
        return fits;
    }
}
