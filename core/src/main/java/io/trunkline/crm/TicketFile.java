package io.trunkline.crm;

import java.util.regex.Pattern;

/**
 * A file to be put to a ticket.
 *
 * @param name its name, without folders
 * @param contentType its media type, such as {@code audio/wav}
 * @param content its bytes
 */
public record TicketFile(String name, String contentType, byte[] content) {

    private static final Pattern TYPE = Pattern.compile("[\\w.+-]{1,64}/[\\w.+-]{1,64}");
    private static final int LONGEST_NAME = 200;

    /**
     * Keeps its own copy of the content.
     *
     * @throws IllegalArgumentException if the name is blank, too long or has folders, or the type is none, or nothing is in it
     */
    public TicketFile {
        DraftText.line("file name", name);
        if (name.length() > LONGEST_NAME || name.contains("/") || name.contains("\\") || name.contains("\"")) {
            throw new IllegalArgumentException(
                    "file name must have 1 to " + LONGEST_NAME + " characters without slashes and quotes");
        }
        if (!TYPE.matcher(contentType).matches()) {
            throw new IllegalArgumentException("media type must be of the form type/subtype");
        }
        if (content.length == 0) {
            throw new IllegalArgumentException("a file must have content");
        }
        content = content.clone();
    }

    /** A copy of its bytes. */
    @Override
    public byte[] content() {
        return content.clone();
    }

    /** Type and size: name and content may be personal. */
    @Override
    public String toString() {
        return "TicketFile[" + contentType + ", " + content.length + " bytes]";
    }
}
