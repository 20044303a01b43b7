package io.trunkline.http;

import java.io.IOException;
import okhttp3.Response;

/**
 * Makes a value of an answer's body.
 *
 * @param <R> the value
 */
interface BodyReader<R> {

    /** Reads within the limit; the response is closed by the caller unless {@link #keepsOpen()}. */
    R read(Response response, BodyLimit limit) throws IOException;

    /** Whether the value goes on reading after the call has returned, and closes the response itself. */
    default boolean keepsOpen() {
        return false;
    }
}
