package io.trunkline.http;

/**
 * One event of a stream.
 *
 * @param type the event's type; {@code message} if the stream did not say
 * @param data the data lines joined by line feeds
 * @param id the last id that the stream gave, possibly empty
 */
public record ServerSentEvent(String type, String data, String id) {

    /** Type and size: the data may be personal. */
    @Override
    public String toString() {
        return "ServerSentEvent[" + type + ", " + data.length() + " characters]";
    }
}
