package io.trunkline.ai.local;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A table of what was meant and what was understood, as the docs show it. */
final class Confusion {

    private final String title;
    private final Map<String, Map<String, Integer>> rows = new TreeMap<>();

    Confusion(String title) {
        this.title = title;
    }

    void count(String meant, String understood) {
        rows.computeIfAbsent(meant, row -> new TreeMap<>()).merge(understood, 1, Integer::sum);
    }

    int all() {
        return rows.values().stream()
                .flatMap(row -> row.values().stream())
                .mapToInt(Integer::intValue)
                .sum();
    }

    int right() {
        return rows.entrySet().stream()
                .mapToInt(row -> row.getValue().getOrDefault(row.getKey(), 0))
                .sum();
    }

    double share() {
        return right() / (double) all();
    }

    String table() {
        TreeSet<String> columns = new TreeSet<>(rows.keySet());
        rows.values().forEach(row -> columns.addAll(row.keySet()));
        StringBuilder text = new StringBuilder("### " + title + ": " + right() + " of " + all() + " right\n\n");
        text.append("| meant | ").append(String.join(" | ", columns)).append(" |\n|---");
        text.append("|---".repeat(columns.size())).append("|\n");
        rows.forEach((meant, row) -> text.append("| ")
                .append(meant)
                .append(" | ")
                .append(columns.stream()
                        .map(column -> row.containsKey(column) ? String.valueOf(row.get(column)) : "")
                        .collect(Collectors.joining(" | ")))
                .append(" |\n"));
        return text.toString();
    }

    /** How many cells' worth of sentences a document's table of this title differs in; all of them if it has none. */
    int distance(String document) {
        Map<String, Integer> told = cells(document);
        Map<String, Integer> measured = cells(table());
        TreeSet<String> names = new TreeSet<>(told.keySet());
        names.addAll(measured.keySet());
        return names.stream()
                .mapToInt(name -> Math.abs(told.getOrDefault(name, 0) - measured.getOrDefault(name, 0)))
                .sum();
    }

    private Map<String, Integer> cells(String document) {
        Map<String, Integer> cells = new TreeMap<>();
        int start = document.indexOf("### " + title + ":");
        if (start < 0) {
            return cells;
        }
        String[] columns = {};
        for (String line : document.substring(start).lines().skip(2).toList()) {
            if (!line.startsWith("|")) {
                break;
            }
            String[] parts = line.split("\\|", -1);
            if (columns.length == 0) {
                columns = parts;
            }
            for (int i = 2; i < parts.length - 1; i++) {
                if (parts[i].strip().matches("\\d+")) {
                    cells.put(parts[1].strip() + ">" + columns[i].strip(), Integer.valueOf(parts[i].strip()));
                }
            }
        }
        return cells;
    }
}
