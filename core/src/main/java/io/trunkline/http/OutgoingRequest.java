package io.trunkline.http;

import io.trunkline.value.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A request about to be sent, as an {@link Authorizer} sees and completes it. Belongs to one attempt and one thread;
 * prints method and origin only.
 */
public final class OutgoingRequest {

    private final Request.Builder builder;
    private final Deadline deadline;
    private final String operation;
    private @Nullable Request current;
    private @Nullable Object mark;

    OutgoingRequest(Request.Builder request, String operation, Deadline deadline) {
        this.builder = request;
        this.operation = operation;
        this.deadline = deadline;
    }

    /** The operation's name. */
    public String operation() {
        return operation;
    }

    /** The method in capitals. */
    public String method() {
        return current().method();
    }

    /** The full address, with what {@link #query} has added. */
    public URI url() {
        return current().url().uri();
    }

    /** The path as it is sent, percent-encoded. */
    public String encodedPath() {
        return current().url().encodedPath();
    }

    /** The query as it is sent, percent-encoded, without the question mark; empty if there is none. */
    public String encodedQuery() {
        String query = current().url().encodedQuery();
        return query == null ? "" : query;
    }

    /** A header as it stands. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(current().header(name));
    }

    /** The media type of the body, if it has one. */
    public Optional<String> contentType() {
        RequestBody body = current().body();
        return body == null
                ? Optional.empty()
                : Optional.ofNullable(body.contentType()).map(Object::toString);
    }

    /**
     * The body as it is sent, for signatures over it; empty if there is none.
     *
     * @throws IllegalStateException if the body can be read only once
     */
    public byte[] body() {
        RequestBody body = current().body();
        if (body == null) {
            return new byte[0];
        }
        if (body.isOneShot()) {
            throw new IllegalStateException("the body can be read only once, so it cannot be signed");
        }
        Buffer buffer = new Buffer();
        try {
            body.writeTo(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.readByteArray();
    }

    /** When the call must be over, for an authorizer that has to ask somebody first. */
    public Deadline deadline() {
        return deadline;
    }

    /**
     * Sets a header.
     *
     * @throws IllegalArgumentException if the value cannot stand in a header; the message does not repeat it
     */
    public OutgoingRequest header(String name, String value) {
        HeaderText.check(name, value);
        builder.header(name, value);
        current = null;
        return this;
    }

    /** Adds a query parameter, encoded. */
    public OutgoingRequest query(String name, String value) {
        HttpUrl url =
                current().url().newBuilder().addQueryParameter(name, value).build();
        builder.url(url);
        current = null;
        return this;
    }

    /** Remembers which credential was used, so that {@link Authorizer#refused} knows which one failed. */
    public void mark(Object credentialVersion) {
        this.mark = credentialVersion;
    }

    /** What {@link #mark} remembered. */
    public Optional<Object> mark() {
        return Optional.ofNullable(mark);
    }

    /** Method and origin: path, query and headers may hold personal data or secrets. */
    @Override
    public String toString() {
        return method() + " " + Origin.of(current().url());
    }

    Request finished() {
        return current();
    }

    Request finished(AttemptState state) {
        return builder.tag(AttemptState.class, state).build();
    }

    /** Built only when somebody looks: most credentials add a header and look at nothing. */
    private Request current() {
        Request built = current;
        if (built == null) {
            built = builder.build();
            current = built;
        }
        return built;
    }
}
