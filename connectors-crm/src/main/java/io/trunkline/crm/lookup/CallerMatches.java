package io.trunkline.crm.lookup;

import io.trunkline.crm.Contact;
import io.trunkline.crm.Match;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who a caller may be: what each connection said until the deadline. One person in two systems is two contacts here;
 * nobody is chosen silently.
 */
public record CallerMatches(Map<String, Answer> answers) {

    /** What one connection said. */
    public sealed interface Answer {

        /** It answered: nobody, one or many. */
        record Found(Match<Contact> match) implements Answer {}

        /** It did not answer in time. */
        record Late() implements Answer {}

        /** Its platform cannot find anybody by a number, so it was not asked. */
        record Unable() implements Answer {}

        /** It failed; the error says why. */
        record Failed(RuntimeException cause) implements Answer {}
    }

    /** Keeps a copy in order. */
    public CallerMatches {
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }

    /** Everybody who was found, in the order of the connections. */
    public List<Contact> contacts() {
        return answers.values().stream()
                .filter(Answer.Found.class::isInstance)
                .map(Answer.Found.class::cast)
                .flatMap(found -> found.match().all().stream())
                .toList();
    }

    /** Whether every connection that could be asked has answered, so that nobody found means nobody known there. */
    public boolean complete() {
        return answers.values().stream()
                .allMatch(answer -> answer instanceof Answer.Found || answer instanceof Answer.Unable);
    }

    @Override
    public String toString() {
        return "CallerMatches[" + contacts().size() + " of " + answers.size() + " connections]";
    }
}
