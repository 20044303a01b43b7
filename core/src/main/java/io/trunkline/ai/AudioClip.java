package io.trunkline.ai;

/** A recording: its file name, its media type such as {@code audio/wav}, its bytes and its language (ISO 639-1). */
public record AudioClip(String name, String contentType, byte[] content, String language) {

    @Override
    public String toString() {
        return "AudioClip[" + contentType + ", " + content.length + " bytes]";
    }
}
