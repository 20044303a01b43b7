package io.trunkline.http;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.value.Deadline;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Fetches files from addresses that others have named: recordings, pictures, attachments. No credential goes along, and
 * nothing is fetched from this machine or a private network, except from origins that are named as trusted. At most three
 * redirects are followed, each under the same rules. Behind an HTTP proxy the proxy must do the filtering, because the
 * socket only ever leads to it.
 */
public final class Downloads {

    private static final String OPERATION = "download";
    private static final int MOST_REDIRECTS = 3;

    private final String connection;
    private final OkHttpClient plain;
    private final OkHttpClient guarded;
    private final Set<Origin> trusted;

    Downloads(String connection, OkHttpClient plain, Set<Origin> trusted) {
        this.connection = connection;
        this.plain = plain;
        this.guarded = plain.newBuilder().socketFactory(new GuardedSockets()).build();
        this.trusted = Set.copyOf(trusted);
    }

    /**
     * Fetches a file.
     *
     * @param mostBytes how large it may be
     * @throws io.trunkline.error.SecurityPolicyException if the address or a redirect is not https or not public
     * @throws io.trunkline.error.ConnectorException if it cannot be had in time or is too large
     */
    public RawResponse get(URI address, long mostBytes, Deadline deadline) {
        HttpUrl url = HttpUrl.parse(address.toString());
        for (int redirect = 0; redirect <= MOST_REDIRECTS; redirect++) {
            if (url == null || !(url.isHttps() || trusted.contains(Origin.of(url)))) {
                throw failed(ErrorKind.SECURITY, "the file's address is not https, so it was not fetched", null);
            }
            AttemptState state = new AttemptState(deadline);
            try (Response response = call(url, deadline, state).execute()) {
                if (!response.isRedirect()) {
                    return answered(response, new BodyLimit(mostBytes, state));
                }
                String location = response.header("Location");
                url = location == null ? null : url.resolve(location);
            } catch (GuardedSockets.ClosedAddressException e) {
                throw failed(ErrorKind.SECURITY, "the file's address is not public, so it was not fetched", null);
            } catch (IOException e) {
                AttemptFailure failure = TransportErrors.of(e, state);
                throw failed(failure.kind(), failure.error().advice(), failure.cause());
            }
        }
        throw failed(ErrorKind.PROTOCOL, "the file's address leads on more than three times", null);
    }

    private Call call(HttpUrl url, Deadline deadline, AttemptState state) {
        OkHttpClient client = trusted.contains(Origin.of(url)) ? plain : guarded;
        Call call = client.newCall(
                new Request.Builder().url(url).tag(AttemptState.class, state).build());
        call.timeout().timeout(Math.max(1, deadline.remaining().toNanos()), TimeUnit.NANOSECONDS);
        return call;
    }

    private RawResponse answered(Response response, BodyLimit limit) throws IOException {
        if (!response.isSuccessful()) {
            PlatformError error = StatusErrors.of(response.code());
            throw failed(error.kind(), error.advice(), null);
        }
        return new RawResponse(response.code(), new HttpHeaders(response.headers()), limit.bytes(response.body()));
    }

    private RuntimeException failed(ErrorKind kind, String advice, @Nullable Exception cause) {
        return Failures.of(advice, ErrorContext.of(connection, OPERATION, kind), cause);
    }
}
