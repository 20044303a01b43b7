package io.trunkline.messaging;

/** A file of a message: its id at the platform, its media type such as {@code image/jpeg}, and its bytes. */
public record Media(String id, String contentType, byte[] content) {

    @Override
    public String toString() {
        return "Media[" + contentType + ", " + content.length + " bytes]";
    }
}
