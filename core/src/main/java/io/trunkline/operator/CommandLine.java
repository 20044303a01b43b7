package io.trunkline.operator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words of a command line.
 *
 * @param options those that begin with two hyphens, each with its value
 * @param words all others, the command first
 */
record CommandLine(Map<String, String> options, List<String> words) {

    private static final Set<String> OPTIONS = Set.of("--store", "--user", "--settings", "--limit", "--timeout");

    CommandLine {
        options = Map.copyOf(options);
        words = List.copyOf(words);
    }

    static CommandLine of(String... arguments) {
        Map<String, String> options = new HashMap<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String word = arguments[i];
            if (!word.startsWith("--")) {
                words.add(word);
            } else if (!OPTIONS.contains(word)) {
                throw new UsageException("there is no option of this name; the options are " + OPTIONS);
            } else if (++i == arguments.length) {
                throw new UsageException(word + " needs a value");
            } else {
                options.put(word, arguments[i]);
            }
        }
        return new CommandLine(options, words);
    }

    String command() {
        return words.isEmpty() ? "" : words.get(0);
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    int number(String name, int otherwise) {
        try {
            return option(name).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw new UsageException(name + " must be a whole number");
        }
    }

    /** The words after the command, exactly as many as there are names. */
    List<String> operands(String... names) {
        if (words.size() != names.length + 1) {
            throw new UsageException(command() + " needs " + (names.length == 0 ? "nothing more" : List.of(names)));
        }
        return words.subList(1, words.size());
    }
}
