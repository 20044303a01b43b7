package io.trunkline.http;

/** Told what comes over a {@link BoundedWebSocket}. Called from one thread at a time; must not block for long. */
public interface WebSocketListener {

    /** A message of text. */
    void text(String message);

    /** A message of bytes. */
    default void bytes(byte[] message) {}

    /** The other side has ended it in good order, with its code. */
    default void ended(int code) {}

    /** It broke or was broken off because the other side did not keep the bounds; nothing follows. */
    void failed(RuntimeException cause);
}
