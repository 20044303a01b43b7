package io.trunkline.operator;

import io.trunkline.mapping.Json;
import io.trunkline.mapping.JsonCodec;
import io.trunkline.mapping.MalformedDataException;
import io.trunkline.privacy.Masking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The form of a content without anybody's data. No pattern knows a person's name, so a text is shown only under a name
 * that says that it is none, and then masked.
 */
final class MaskedContent {

    private static final JsonCodec<Object> JSON = Json.codec(Object.class);
    private static final int MOST_LINES = 200;
    private static final int LARGEST_NUMBER = 100_000;

    private static final Set<String> HARMLESS = Set.of(
            "id",
            "type",
            "event",
            "eventtype",
            "object",
            "objecttype",
            "status",
            "state",
            "kind",
            "action",
            "operation",
            "connection",
            "topic",
            "version");

    /** One word, so that nothing said by a person is shown whatever it is called. */
    private static final Pattern WORD = Pattern.compile("[\\w.:/-]{1,80}");

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[\\d:.]{5,18}(Z|[+-]\\d{2}:?\\d{2})?");

    private final List<String> lines = new ArrayList<>();

    private MaskedContent() {}

    static List<String> lines(byte[] content) {
        try {
            return lines(JSON.read(content));
        } catch (MalformedDataException e) {
            return List.of(content.length + " bytes that are not JSON");
        }
    }

    static List<String> lines(Object value) {
        MaskedContent content = new MaskedContent();
        content.add("", "", value);
        return content.lines;
    }

    /** A path or key whose parts are masked each for itself: as one they would look like one token. */
    static String path(String text) {
        return Arrays.stream(text.split("/", -1)).map(Masking::mask).collect(Collectors.joining("/"));
    }

    private void add(String indent, String name, @Nullable Object value) {
        if (lines.size() == MOST_LINES) {
            lines.add("...");
        }
        if (lines.size() > MOST_LINES) {
            return;
        }
        String label = indent + (name.isEmpty() ? "" : Masking.mask(name) + ": ");
        if (value instanceof Map<?, ?> fields) {
            lines.add(label + fields.size() + " fields");
            fields.forEach((key, field) -> add(indent + "  ", String.valueOf(key), field));
        } else if (value instanceof List<?> list) {
            lines.add(label + list.size() + " entries");
            list.forEach(entry -> add(indent + "  ", "", entry));
        } else {
            lines.add(label + leaf(name, value));
        }
    }

    private static String leaf(String name, @Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return String.valueOf(value);
        }
        if (value instanceof Number number) {
            return Math.abs(number.doubleValue()) < LARGEST_NUMBER ? number.toString() : "a large number";
        }
        String text = String.valueOf(value);
        if (TIME.matcher(text).matches()) {
            return text;
        }
        boolean harmless = HARMLESS.contains(name.toLowerCase(Locale.ROOT).replace("_", ""));
        return harmless && WORD.matcher(text).matches()
                ? path(text)
                : "a text of " + text.codePointCount(0, text.length());
    }
}
