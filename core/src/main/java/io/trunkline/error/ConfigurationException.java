package io.trunkline.error;

import org.jspecify.annotations.Nullable;

/** The settings are wrong: all that is wrong is listed, and nothing was started. */
public final class ConfigurationException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message one sentence: what happened and what to do
     * @param context the data
     * @param cause what led to it, or null
     */
    public ConfigurationException(String message, ErrorContext context, @Nullable Throwable cause) {
        super(message, context, cause);
    }
}
