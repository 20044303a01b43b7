package io.trunkline.mapping;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows where in a document something was wrong, with every name that is not of the schema replaced by a star. */
final class JsonPaths {

    private static final Pattern DOT = Pattern.compile("\\.");

    private final Set<String> schemaNames;

    JsonPaths(Set<String> schemaNames) {
        this.schemaNames = schemaNames;
    }

    String masked(Pattern index, String path) {
        if (path.length() > 1000) {
            return "$.*";
        }
        return Stream.of(DOT.split(index.matcher(path).replaceAll("[*]")))
                .map(this::known)
                .collect(Collectors.joining("."));
    }

    private String known(String part) {
        int bracket = part.indexOf('[');
        String name = bracket < 0 ? part : part.substring(0, bracket);
        boolean shown = name.equals("$") || name.isEmpty() || schemaNames.contains(name);
        return shown ? part : "*" + (bracket < 0 ? "" : "[*]");
    }
}
