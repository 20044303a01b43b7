package io.trunkline.http;

import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.resilience.Attempt;
import io.trunkline.value.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
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
    private static final List<String> NO_SECRETS = List.of("Accept-Encoding", "Range", "If-Range");

    private interface Answer<T> {
        T of(Response response, AttemptState state) throws IOException;
    }

    private final String connection;
    private final HttpStack stack;
    private final OkHttpClient plain;
    private final OkHttpClient guarded;
    private final Set<Origin> trusted;

    Downloads(String connection, HttpStack stack, OkHttpClient plain, Set<Origin> trusted) {
        this.connection = connection;
        this.stack = stack;
        this.plain = plain;
        this.guarded = plain.proxy() == null
                ? plain.newBuilder().socketFactory(new GuardedSockets()).build()
                : plain;
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
        if (url == null) {
            throw failed(ErrorKind.SECURITY, "the file's address is not https, so it was not fetched", null);
        }
        return fetch(new Request.Builder().url(url).build(), mostBytes, deadline);
    }

    /**
     * Reads a file of any length, or the rest of one.
     *
     * @param range what is there already
     * @param deadline when all of it must be read
     * @param taker reads it; what it throws other than the content's own failures is passed on
     * @throws io.trunkline.error.SecurityPolicyException if the address or a redirect is not https or not public
     * @throws io.trunkline.error.ConnectorException if it cannot be had in time, or breaks off
     */
    public void read(URI address, FileRange range, Deadline deadline, FileContent.Taker taker) {
        HttpUrl url = HttpUrl.parse(address.toString());
        if (url == null) {
            throw failed(ErrorKind.SECURITY, "the file's address is not https, so it was not fetched", null);
        }
        stream(new Request.Builder().url(url), range, deadline, taker);
    }

    /** Fetches from the first address with what the request carries, and from those it leads to with nothing. */
    RawResponse fetch(Request first, long mostBytes, Deadline deadline) {
        return run(first, deadline, (response, state) -> {
            requireSuccess(response);
            byte[] body = new BodyLimit(mostBytes, state).bytes(response.body());
            return new RawResponse(response.code(), new HttpHeaders(response.headers()), body);
        });
    }

    /** As {@link #fetch}, for a file of any length. */
    void stream(Request.Builder first, FileRange range, Deadline deadline, FileContent.Taker taker) {
        boolean taken = run(FileAnswers.ask(first, range).build(), deadline, (response, state) -> {
            if (!FileAnswers.outOfRange(response, range)) {
                requireSuccess(response);
            }
            InputStream bytes =
                    new BodyLimit(Long.MAX_VALUE, state).source(response.body()).inputStream();
            FileContent content = FileAnswers.content(response, range, bytes);
            if (content != null) {
                taker.take(content);
            }
            return content != null;
        });
        if (!taken) {
            stream(first.removeHeader("Range").removeHeader("If-Range"), FileRange.ALL, deadline, taker);
        }
    }

    private <T> T run(Request first, Deadline deadline, Answer<T> answer) {
        Callers.Caller caller = stack.callers().enter();
        try {
            return follow(first, deadline, answer);
        } finally {
            caller.close();
        }
    }

    private <T> T follow(Request first, Deadline deadline, Answer<T> answer) {
        Request request = first;
        for (int hop = 1; hop <= MOST_REDIRECTS + 1; hop++) {
            if (!(request.isHttps() || trusted.contains(Origin.of(request.url())))) {
                throw failed(ErrorKind.SECURITY, "the file's address is not https, so it was not fetched", null);
            }
            AttemptState state = new AttemptState(deadline, stack.interrupts());
            URI origin = Origin.of(request.url()).uri();
            long start = System.nanoTime();
            Integer status = null;
            try (Response response = call(request, deadline, state).execute()) {
                status = response.code();
                if (!response.isRedirect()) {
                    return answer.of(response, state);
                }
                request = onwards(request, response);
            } catch (GuardedSockets.ClosedAddressException e) {
                throw failed(ErrorKind.SECURITY, "the file's address is not public, so it was not fetched", null);
            } catch (IOException e) {
                state.noteInterruption();
                AttemptFailure failure = TransportErrors.of(e, state);
                throw failed(failure.kind(), failure.error().advice(), failure.cause());
            } finally {
                state.end();
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                stack.listener()
                        .attempt(new Attempt(connection, OPERATION, origin, hop, took, status, null, state.sent()));
            }
        }
        throw failed(ErrorKind.PROTOCOL, "the file's address leads on more than three times", null);
    }

    private Request onwards(Request request, Response response) {
        String location = response.header("Location");
        HttpUrl next = location == null ? null : request.url().resolve(location);
        if (next == null) {
            throw failed(ErrorKind.PROTOCOL, "the file's address leads on to nothing that is an address", null);
        }
        Request.Builder onwards = new Request.Builder().url(next);
        for (String name : NO_SECRETS) {
            String value = request.header(name);
            if (value != null) {
                onwards.header(name, value);
            }
        }
        return onwards.build();
    }

    private Call call(Request request, Deadline deadline, AttemptState state) {
        OkHttpClient client = trusted.contains(Origin.of(request.url())) ? plain : guarded;
        Call call = client.newCall(
                request.newBuilder().tag(AttemptState.class, state).build());
        call.timeout().timeout(Math.max(1, deadline.remaining().toNanos()), TimeUnit.NANOSECONDS);
        state.begin(call);
        return call;
    }

    private void requireSuccess(Response response) {
        if (!response.isSuccessful()) {
            PlatformError error = StatusErrors.of(response.code());
            throw failed(error.kind(), error.advice(), null);
        }
    }

    private RuntimeException failed(ErrorKind kind, String advice, @Nullable Exception cause) {
        return Failures.of(advice, ErrorContext.of(connection, OPERATION, kind), cause);
    }
}
