package io.trunkline.connector;

/**
 * A provider with the settings to open it with: what {@code Salesforce.jwtBearer(…)} and its like return and
 * {@code Trunkline.builder().connect(name, setup)} takes.
 *
 * @param provider the platform's code
 * @param settings not checked yet; they are checked when the connection is opened
 */
public record ConnectorSetup(ConnectorProvider provider, ConnectorSettings settings) {

    /** A provider without any settings yet. */
    public static ConnectorSetup of(ConnectorProvider provider) {
        return new ConnectorSetup(provider, ConnectorSettings.empty());
    }

    /** A copy with one more setting. */
    public <T> ConnectorSetup with(Setting<T> setting, T value) {
        return new ConnectorSetup(provider, settings.with(setting, value));
    }
}
