package io.trunkline.error;

import org.jspecify.annotations.Nullable;

/**
 * A call that did not do what was asked. The root of all failures of the library; {@link #context()} has the data, and
 * the subclass says what the caller does next. The message names the subject, what happened and what to do; it holds
 * neither secrets nor personal data.
 */
public class ConnectorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorContext context;

    /**
     * A failure.
     *
     * @param message one sentence: what happened and what to do
     * @param context the data
     * @param cause what led to it, or null
     */
    public ConnectorException(String message, ErrorContext context, @Nullable Throwable cause) {
        super(ErrorText.render(message, context), cause);
        this.context = context;
    }

    /** The data of the failure. */
    public ErrorContext context() {
        return context;
    }

    /** What it was; short for {@code context().kind()}. */
    public ErrorKind kind() {
        return context.kind();
    }
}
