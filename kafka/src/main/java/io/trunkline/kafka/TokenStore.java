package io.trunkline.kafka;

import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.store.JdbcStore;
import io.trunkline.store.Store;
import io.trunkline.value.TimeSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where all tasks of all workers keep tokens that a platform rotates: what one has renewed, the others must know. A class
 * of its own, so that a worker without the driver does without.
 */
final class TokenStore {

    private TokenStore() {}

    static Store open(SourceSettings settings) {
        try {
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setUrl(settings.storeUrl());
            if (!settings.storeUser().isEmpty()) {
                database.setUser(settings.storeUser());
                database.setPassword(settings.storePassword());
            }
            return JdbcStore.postgresql(database, TimeSource.system());
        } catch (NoClassDefFoundError e) {
            throw wrong(settings, "store.url needs org.postgresql:postgresql in the plug-in folder");
        } catch (IllegalArgumentException e) {
            throw wrong(settings, "store.url must be a jdbc:postgresql address");
        }
    }

    private static ConfigurationException wrong(SourceSettings settings, String problem) {
        return new ConfigurationException(
                problem, ErrorContext.of(settings.connection(), "open", ErrorKind.CONFIGURATION), null);
    }
}
