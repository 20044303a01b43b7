package io.trunkline.messaging;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file in a mail: its name, its media type, its bytes, and for a picture inside the text the content id by which the
 * HTML names it ({@code cid:logo}).
 */
public record Attachment(
        String name,
        String contentType,
        byte[] content,
        @Nullable String contentId) {

    private static final Pattern TYPE = Pattern.compile("[\\w.+-]{1,64}/[\\w.+-]{1,64}");
    private static final Pattern ID = Pattern.compile("[\\w.@-]{1,100}");

    /** Checks name, type and id; throws {@link IllegalArgumentException}. */
    public Attachment {
        if (name.isBlank() || name.length() > 200 || name.chars().anyMatch(Attachment::unfit)) {
            throw new IllegalArgumentException("file name must be one line of 1 to 200 characters without slashes");
        }
        if (!TYPE.matcher(contentType).matches()) {
            throw new IllegalArgumentException("media type must be of the form type/subtype");
        }
        if (contentId != null && !ID.matcher(contentId).matches()) {
            throw new IllegalArgumentException("content id must be letters, digits, dots, at signs and hyphens");
        }
    }

    /** A file beside the text. */
    public static Attachment of(String name, String contentType, byte[] content) {
        return new Attachment(name, contentType, content, null);
    }

    /** A picture inside the text. */
    public static Attachment inline(String contentId, String contentType, byte[] content) {
        return new Attachment(contentId, contentType, content, contentId);
    }

    /** The id by which the HTML names it. */
    public Optional<String> inlineId() {
        return Optional.ofNullable(contentId);
    }

    @Override
    public String toString() {
        return "Attachment[" + contentType + ", " + content.length + " bytes]";
    }

    private static boolean unfit(int character) {
        return Character.isISOControl(character) || character == '/' || character == '\\';
    }
}
