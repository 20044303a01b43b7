package io.trunkline.event;

import java.time.Instant;

/**
 * What happened in a span of time may be lost: it was not read while the platform still gave it. A person or a full
 * comparison must make it good.
 *
 * @param header when it was found
 * @param source the name of what reads the stream
 * @param stream what was being read
 * @param from up to here all is known
 * @param until from here on it is known again
 */
public record GapFound(EventHeader header, String source, String stream, Instant from, Instant until)
        implements Event {}
