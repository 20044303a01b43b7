package io.trunkline.error;

import io.trunkline.privacy.Masking;

/** The one form of every message: connection, operation, masked sentence, and what support asks for. */
final class ErrorText {

    private ErrorText() {}

    static String render(String sentence, ErrorContext context) {
        StringBuilder text = new StringBuilder(160)
                .append(context.connection())
                .append(' ')
                .append(context.operation())
                .append(": ")
                .append(Masking.mask(sentence));
        StringBuilder facts = new StringBuilder();
        append(facts, "", context.kind());
        context.status().ifPresent(status -> append(facts, "HTTP ", status));
        context.platformCode().ifPresent(code -> append(facts, "code ", code));
        context.requestId().ifPresent(id -> append(facts, "request ", id));
        context.retryAt().ifPresent(instant -> append(facts, "retry at ", instant));
        return text.append(" [").append(facts).append(']').toString();
    }

    private static void append(StringBuilder facts, String label, Object value) {
        if (!facts.isEmpty()) {
            facts.append(", ");
        }
        facts.append(label).append(value);
    }
}
