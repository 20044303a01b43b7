package io.trunkline.ai;

import io.trunkline.connector.Capability;
import io.trunkline.connector.Client;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Understands what customers say. An answer outside what was allowed is an error, never passed on: an intent is one of
 * the candidates, a disposition one of the codes.
 */
public interface LanguageAnalyzer extends Client<LanguageAnalyzer> {

    /** {@link #sentiment}. */
    Capability SENTIMENT = Capability.of("language.sentiment");

    /** {@link #intent}. */
    Capability INTENT = Capability.of("language.intent");

    /** {@link #entities}. */
    Capability ENTITIES = Capability.of("language.entities");

    /** {@link #summarise}. */
    Capability SUMMARY = Capability.of("language.summary");

    /** {@link #summarise} in pieces as they are written. */
    Capability STREAM = Capability.of("language.stream");

    /** {@link #disposition}. */
    Capability DISPOSITION = Capability.of("language.disposition");

    /** {@link #detectLanguage}. */
    Capability DETECT = Capability.of("language.detect");

    /** How the customer of a conversation feels. */
    default Sentiment sentiment(List<Turn> turns) {
        throw unsupported(SENTIMENT);
    }

    /** Which of the candidates the text means, if any. */
    default Intent intent(String text, List<IntentCandidate> candidates) {
        throw unsupported(INTENT);
    }

    /** What of the given types the text names; the words of each stand in the text. */
    default Entities entities(String text, Set<String> types) {
        throw unsupported(ENTITIES);
    }

    /** A conversation in a few sentences. */
    default Summary summarise(List<Turn> turns) {
        throw unsupported(SUMMARY);
    }

    /** A conversation in a few sentences, whose pieces go to the listener as they are written. */
    default Summary summarise(List<Turn> turns, Consumer<String> pieces) {
        throw unsupported(STREAM);
    }

    /** How the conversation ended: one of the allowed codes. */
    default Disposition disposition(List<Turn> turns, Set<String> allowed) {
        throw unsupported(DISPOSITION);
    }

    /** The language of a text. */
    default DetectedLanguage detectLanguage(String text) {
        throw unsupported(DETECT);
    }
}
