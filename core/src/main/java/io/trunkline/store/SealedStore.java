package io.trunkline.store;

import io.trunkline.error.ConfigurationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A store whose contents are unreadable where they lie: values, payloads and reasons are sealed, each for its own place; keys,
 * entities, ids and names of leases are kept as keyed hashes, which keep the order of an entity. Readable stay the names of
 * spaces and queues, times, sizes and counts. Thread-safe.
 */
public final class SealedStore implements Store {

    /** By how much a sealed value may be shorter than another. */
    static final int ROOM = 4 << 10;

    static final String LEASE = "lease";

    private final Store store;
    private final Seal seal;
    private final DataCipher cipher;

    private SealedStore(Store store, Seal seal, DataCipher cipher) {
        this.store = store;
        this.seal = seal;
        this.cipher = cipher;
    }

    /**
     * Seals what is written to a store from now on. All nodes that share it must.
     *
     * @param store empty, or sealed before; it is closed with this one
     * @param cipher with the keys of everything that it holds
     * @throws ConfigurationException if it is a database with something in it that was not sealed
     * @throws io.trunkline.error.SecurityPolicyException if it was sealed with a key that the cipher does not have
     */
    public static SealedStore over(Store store, DataCipher cipher) {
        Optional<Seal> known = Seal.of(store, cipher);
        if (known.isEmpty() && store instanceof JdbcStore database && SealedRows.anyIn(database)) {
            throw new ConfigurationException(
                    "the store holds what was written before it was sealed; seal it once by SealedStore.migrate",
                    ErrorContext.of("store", "open", ErrorKind.CONFIGURATION),
                    null);
        }
        return new SealedStore(store, known.orElseGet(() -> Seal.put(store, cipher)), cipher);
    }

    /**
     * Seals all that was written to a database before, in one transaction. Nobody else may use it meanwhile. Backups and, in
     * PostgreSQL, log and dead rows still hold what was readable; SQLite's file does not.
     */
    public static SealedStore migrate(JdbcStore store, DataCipher cipher) {
        Seal seal = Seal.of(store, cipher).orElseGet(() -> Seal.put(store, cipher));
        new SealedRows(store, seal).sealAll();
        return new SealedStore(store, seal, cipher);
    }

    /**
     * Seals everything again with the cipher's newest key, while others go on; afterwards older keys may be forgotten. What
     * cannot be opened is left as it is.
     *
     * @return how many entries could not be opened
     * @throws IllegalStateException if the store is not a database
     */
    public int reseal() {
        if (!(store instanceof JdbcStore database)) {
            throw new IllegalStateException("only a database outlives its keys");
        }
        int unreadable = new SealedRows(database, seal).resealAll();
        Seal.renew(store, cipher);
        return unreadable;
    }

    @Override
    public Values values(String space) {
        return new SealedValues(store.values(space), seal, space);
    }

    @Override
    public Leases leases() {
        Leases leases = store.leases();
        return (name, time) -> leases.acquire(seal.hidden(LEASE, "", StoreNames.key(name)), time)
                .map(lease -> new NamedLease(name, lease));
    }

    @Override
    public OrderedQueue queue(String name) {
        return new SealedQueue(store.queue(name), seal, name);
    }

    @Override
    public List<String> queueNames() {
        return store.queueNames();
    }

    @Override
    public <T> T atomically(Function<Store, T> work) {
        return store.atomically(inside -> work.apply(new SealedStore(inside, seal, cipher)));
    }

    @Override
    public void close() {
        store.close();
    }

    Store unsealed() {
        return store;
    }
}
