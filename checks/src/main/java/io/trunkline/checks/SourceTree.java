package io.trunkline.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What can be seen of a module's sources by walking its files: lengths and missing package pages. */
public final class SourceTree {

    /** Most lines of a file of the library. */
    public static final int LONGEST_MAIN = 300;

    /** Most lines of a file of tests. */
    public static final int LONGEST_TEST = 400;

    /** Most lines of a method, its signature and braces included. */
    public static final int LONGEST_METHOD = 35;

    private static final Pattern METHOD_START = Pattern.compile("    [a-zA-Z@<].*\\{");

    private static final Pattern PUBLIC = Pattern.compile("(    )?(public|protected) .*");

    private SourceTree() {}

    /** Everything that is too long or missing below a module's folder, one line each. */
    public static List<String> problems(Path module) {
        List<String> problems = new ArrayList<>();
        files(module.resolve("src/main/java")).forEach(file -> lengths(file, LONGEST_MAIN, problems));
        files(module.resolve("src/main/java")).forEach(file -> javadoc(file, problems));
        files(module.resolve("src/test/java")).forEach(file -> lengths(file, LONGEST_TEST, problems));
        files(module.resolve("src/main/java")).stream()
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !marked(folder))
                .forEach(folder -> problems.add(folder + " has no package-info with @NullMarked"));
        return problems;
    }

    private static List<Path> files(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void lengths(Path file, int longest, List<String> problems) {
        List<String> lines = lines(file);
        if (lines.size() > longest) {
            problems.add(file.getFileName() + " has " + lines.size() + " lines, more than " + longest);
        }
        int start = -1;
        for (int line = 0; line < lines.size(); line++) {
            String text = lines.get(line);
            if (METHOD_START.matcher(text).matches()
                    && !text.contains(" class ")
                    && !text.contains(" record ")
                    && !text.contains(" interface ")
                    && !text.contains(" enum ")
                    && !text.contains(" = new ")) {
                start = line;
            } else if (text.equals("    }") && start >= 0) {
                if (line - start + 1 > LONGEST_METHOD) {
                    problems.add(file.getFileName() + ":" + (start + 1) + " has a method of " + (line - start + 1));
                }
                start = -1;
            }
        }
    }

    private static void javadoc(Path file, List<String> problems) {
        List<String> lines = lines(file);
        for (int line = 0; line < lines.size(); line++) {
            if (PUBLIC.matcher(lines.get(line)).matches() && !documented(lines, line)) {
                problems.add(file.getFileName() + ":" + (line + 1) + " is public and has no javadoc");
            }
        }
    }

    private static boolean documented(List<String> lines, int declaration) {
        int line = declaration - 1;
        while (line >= 0 && lines.get(line).strip().startsWith("@")) {
            if (lines.get(line).strip().equals("@Override")) {
                return true;
            }
            line--;
        }
        return line >= 0 && lines.get(line).strip().endsWith("*/");
    }

    private static boolean marked(Path folder) {
        Path page = folder.resolve("package-info.java");
        return Files.exists(page) && lines(page).contains("@NullMarked");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
