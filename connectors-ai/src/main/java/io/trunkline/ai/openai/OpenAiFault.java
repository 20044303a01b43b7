package io.trunkline.ai.openai;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an error says of itself, in whichever form the server writes it: an object, a text, or the bare fields. The
 * message is searched for words that tell the kind, and never shown.
 */
record OpenAiFault(String code, String type, String param, String message) {

    /** What is told apart. */
    enum Meaning {
        NO_CREDIT,
        TOO_LONG,
        NO_MODEL,
        FILTERED,
        FORM,
        FIELD,
        TOO_MANY,
        BAD_KEY,
        OTHER
    }

    private record Sign(Meaning meaning, List<String> codes, List<String> words) {}

    /** The first that fits holds; codes are compared whole, words are looked for in the message. */
    private static final List<Sign> SIGNS = List.of(
            new Sign(
                    Meaning.NO_CREDIT,
                    List.of("insufficient_quota", "billing_hard_limit_reached", "arrearage", "insufficient_balance"),
                    List.of("insufficient balance")),
            new Sign(
                    Meaning.TOO_LONG,
                    List.of("context_length_exceeded"),
                    List.of("maximum context length", "context window", "input length should be", "context length of")),
            new Sign(
                    Meaning.FILTERED,
                    List.of(
                            "content_filter",
                            "content_policy_violation",
                            "data_inspection_failed",
                            "datainspectionfailed"),
                    List.of("content filter")),
            new Sign(Meaning.NO_MODEL, List.of("model_not_found", "modelnotfound"), List.of()),
            new Sign(
                    Meaning.TOO_MANY,
                    List.of(
                            "rate_limit_exceeded",
                            "limit_requests",
                            "throttling",
                            "throttling.ratequota",
                            "throttling.allocationquota"),
                    List.of()),
            new Sign(Meaning.BAD_KEY, List.of("invalid_api_key", "invalidapikey"), List.of()),
            new Sign(Meaning.FORM, List.of(), List.of("response_format", "json_schema")),
            new Sign(
                    Meaning.FIELD,
                    List.of("unsupported_parameter", "unsupported_value"),
                    List.of("temperature", "enable_thinking")));

    static OpenAiFault of(@Nullable Object error) {
        if (error instanceof Map<?, ?> fields) {
            return new OpenAiFault(
                    text(fields, "code"), text(fields, "type"), text(fields, "param"), text(fields, "message"));
        }
        return new OpenAiFault("", "", "", error instanceof String message ? message : "");
    }

    Meaning meaning() {
        String told = message.toLowerCase(Locale.ROOT);
        if (told.startsWith("model ") && told.contains("not found")) {
            return Meaning.NO_MODEL;
        }
        if (param.startsWith("response_format")) {
            return Meaning.FORM;
        }
        return SIGNS.stream()
                .filter(sign -> sign.codes().contains(code.toLowerCase(Locale.ROOT))
                        || sign.codes().contains(type.toLowerCase(Locale.ROOT))
                        || sign.words().stream().anyMatch(told::contains))
                .findFirst()
                .map(Sign::meaning)
                .orElse(Meaning.OTHER);
    }

    /** The status that servers put in place of a code. */
    Optional<Integer> status() {
        return code.matches("[45]\\d\\d") ? Optional.of(Integer.valueOf(code)) : Optional.empty();
    }

    /** The code to show; a number says less than the type. */
    @Nullable
    String shownCode() {
        String shown = code.isEmpty() || (status().isPresent() && !type.isEmpty()) ? type : code;
        return shown.isEmpty() ? null : shown;
    }

    /** The code alone: the message may quote the request. */
    @Override
    public String toString() {
        return "OpenAiFault[" + code + "]";
    }

    private static String text(Map<?, ?> fields, String name) {
        Object value = fields.get(name);
        return value == null ? "" : value.toString();
    }
}
