package io.trunkline.http;

import io.trunkline.error.ErrorKind;
import io.trunkline.http.PlatformError.Processed;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Response;

/** Answers that point to another origin: they are never followed, and the caller is told that somebody tried. */
final class Redirects {

    private static final int KEEPS_METHOD = 307;

    private Redirects() {}

    static Optional<PlatformError> foreign(Response response) {
        String location = response.header("Location");
        if (location == null || !response.isRedirect()) {
            return Optional.empty();
        }
        HttpUrl from = response.request().url();
        HttpUrl to = from.resolve(location);
        if (to != null && Origin.of(to).equals(Origin.of(from))) {
            return Optional.empty();
        }
        PlatformError error = PlatformError.of(
                ErrorKind.SECURITY,
                "the platform points to another origin, so nothing was sent there; check the address");
        return Optional.of(error.withProcessed(response.code() >= KEEPS_METHOD ? Processed.NO : Processed.MAYBE));
    }
}
