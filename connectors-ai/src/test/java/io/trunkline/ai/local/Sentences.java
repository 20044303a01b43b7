package io.trunkline.ai.local;

import io.trunkline.ai.Sentiment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sentences made by rule of requests and moods: what somebody wants, and what somebody says besides that shows how they
 * feel. Requests are labelled by intent, moods by feeling, so that every sentence has its labels from its making.
 */
final class Sentences {

    /** A sentence and what is meant by it. */
    record Labelled(String intent, Sentiment.Label mood, String text) {}

    private Sentences() {}

    /** Each request in each mood, by turns before and after it. */
    static List<Labelled> heldOut(String language) {
        List<String[]> lines = lines("held-out-" + language + ".txt");
        List<String[]> requests =
                lines.stream().filter(line -> !isMood(line[0])).toList();
        List<Labelled> all = new ArrayList<>();
        for (Sentiment.Label mood : Sentiment.Label.values()) {
            List<String> words = of(lines, mood.name());
            for (int i = 0; i < requests.size(); i++) {
                String said = words.get(i % words.size());
                String text = joined(language, requests.get(i)[1], said, i % 2 == 0);
                all.add(new Labelled(requests.get(i)[0], mood, text));
            }
        }
        return all;
    }

    /** Each mood alone and with three requests, and each request alone, which is neutral. */
    static List<Labelled> training(String language) {
        List<String[]> lines = lines("training-" + language + ".txt");
        List<String> requests =
                of(lines, "REQUEST").stream().map(Sentences::bare).toList();
        List<Labelled> all = new ArrayList<>();
        requests.forEach(each -> all.add(new Labelled("", Sentiment.Label.NEUTRAL, each)));
        for (Sentiment.Label mood : Sentiment.Label.values()) {
            List<String> words =
                    of(lines, mood.name()).stream().map(Sentences::bare).toList();
            for (int i = 0; i < words.size(); i++) {
                all.add(new Labelled("", mood, words.get(i)));
                for (int k = 0; k < 3; k++) {
                    String request = requests.get((i * 3 + k) % requests.size());
                    all.add(new Labelled("", mood, joined(language, request, words.get(i), (i + k) % 2 == 0)));
                }
            }
        }
        return all;
    }

    /** The parts that sentences are made of. */
    static List<String> parts(String name) {
        return lines(name).stream().map(line -> line[1]).toList();
    }

    static List<String[]> lines(String name) {
        try (var file = Sentences.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> of(List<String[]> lines, String label) {
        return lines.stream()
                .filter(line -> line[0].equals(label))
                .map(line -> line[1])
                .toList();
    }

    private static boolean isMood(String label) {
        return Stream.of(Sentiment.Label.values()).anyMatch(mood -> mood.name().equals(label));
    }

    private static String bare(String text) {
        return text.replaceAll("[.。]$", "");
    }

    private static String joined(String language, String request, String mood, boolean requestFirst) {
        String between = language.equals("zh") ? "，" : ", ";
        String end = language.equals("zh") ? "。" : ".";
        return (requestFirst ? request + between + mood : mood + between + request) + end;
    }
}
