package io.trunkline.kafka;

import io.trunkline.Trunkline;
import io.trunkline.connector.ConnectorProvider;
import io.trunkline.connector.ConnectorSettings;
import io.trunkline.connector.ConnectorSetup;
import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.sync.ChangeFeed;
import io.trunkline.value.CallOptions;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A connection opened for a source connector or one of its tasks, and its feed. */
final class FeedConnection implements AutoCloseable {

    private final Trunkline trunkline;
    private final ChangeFeed feed;

    private FeedConnection(Trunkline trunkline, ChangeFeed feed) {
        this.trunkline = trunkline;
        this.feed = feed;
    }

    /**
     * Opens the connection. Nothing is sent.
     *
     * @throws ConfigurationException naming every wrong setting
     */
    static FeedConnection open(SourceSettings settings) {
        ConnectorSetup setup = new ConnectorSetup(provider(settings), values(settings));
        Trunkline.Builder builder = Trunkline.builder().connect(settings.connection(), setup);
        if (!settings.storeUrl().isEmpty()) {
            builder.store(TokenStore.open(settings));
        }
        Trunkline trunkline = builder.build();
        try {
            return new FeedConnection(
                    trunkline,
                    trunkline.client(ChangeFeed.class, settings.connection()).with(CallOptions.bulk()));
        } catch (RuntimeException e) {
            trunkline.close();
            throw e;
        }
    }

    /** All that is wrong with the connection's settings, each in one line that repeats no value. */
    static List<String> problems(SourceSettings settings) {
        try {
            return values(settings).problems(provider(settings).descriptor());
        } catch (ConfigurationException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /** The feed, in the bulk lane: people who wait go first. */
    ChangeFeed feed() {
        return feed;
    }

    /**
     * The types that the settings name, or all that there are.
     *
     * @throws ConfigurationException if the feed does not offer one
     */
    List<String> types(SourceSettings settings) {
        TreeSet<String> types = new TreeSet<>(settings.types().isEmpty() ? feed.types() : settings.types());
        if (!feed.types().containsAll(types)) {
            throw wrong(settings, "types must be among " + new TreeSet<>(feed.types()));
        }
        if (types.size() > 1 && !settings.topicForEachType()) {
            throw wrong(settings, "topic must hold {type}, because the keys of two types may be equal");
        }
        types.forEach(settings::topic);
        return List.copyOf(types);
    }

    /**
     * What is to be read of the types, each with a cursor of its own.
     *
     * @throws ConfigurationException as {@link #types}
     */
    List<FeedSlice> slices(SourceSettings settings) {
        List<String> types = types(settings);
        return settings.parts()
                ? FeedSlice.of(feed, types)
                : types.stream().map(FeedSlice::whole).toList();
    }

    @Override
    public void close() {
        trunkline.close();
    }

    private static ConnectorSettings values(SourceSettings settings) {
        return ConnectorSettings.ofText(settings.connectionSettings());
    }

    /** Connectors lie beside this class in the worker's plug-in folder, whatever thread asks. */
    private static ConnectorProvider provider(SourceSettings settings) {
        List<ConnectorProvider> known =
                ServiceLoader.load(ConnectorProvider.class, FeedConnection.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        List<ConnectorProvider> named = known.stream()
                .filter(provider -> provider.descriptor().id().equals(settings.connector()))
                .toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        throw wrong(
                settings,
                (named.isEmpty() ? "there is no such connector" : "two connectors call themselves so")
                        + "; known are "
                        + known.stream()
                                .map(provider -> provider.descriptor().id())
                                .sorted()
                                .collect(Collectors.joining(", ")));
    }

    private static ConfigurationException wrong(SourceSettings settings, String problem) {
        return new ConfigurationException(
                problem, ErrorContext.of(settings.connection(), "open", ErrorKind.CONFIGURATION), null);
    }
}
