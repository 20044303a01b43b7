package io.trunkline;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the environment's values where a settings file says {@code ${NAME}}, and notes the names that have none. */
final class Variables {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]{0,127})}");

    private final UnaryOperator<@Nullable String> values;
    private final Set<String> missing = new TreeSet<>();

    Variables(UnaryOperator<@Nullable String> values) {
        this.values = values;
    }

    String in(String text) {
        return REFERENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
    }

    Set<String> missing() {
        return missing;
    }

    private String value(String name) {
        String value = values.apply(name);
        if (value == null || value.isEmpty()) {
            missing.add(name);
            return "missing";
        }
        return value;
    }
}
