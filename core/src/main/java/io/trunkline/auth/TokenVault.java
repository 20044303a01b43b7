package io.trunkline.auth;

import io.trunkline.error.AuthenticationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.store.Lease;
import io.trunkline.store.Store;
import io.trunkline.value.Deadline;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Keeps access tokens so that no rotated refresh token is ever lost: one renewal at a time in this process, one among
 * all nodes that share the store, saved before it is used, and read again before it is called dead. Thread-safe.
 */
public final class TokenVault {

    private static final Duration LONGEST_LEASE = Duration.ofSeconds(30);
    private static final Duration TO_SAVE = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(25);

    private final Store store;
    private final TimeSource time;
    private final VaultStorage storage;
    private final Map<TokenKey, VaultSlot> slots = new ConcurrentHashMap<>();

    /**
     * A vault on a store.
     *
     * @param store where tokens outlive the process
     * @param time the clock
     * @param cipher how they are sealed there
     */
    public TokenVault(Store store, TimeSource time, TokenCipher cipher) {
        this.store = store;
        this.time = time;
        this.storage = new VaultStorage(store, cipher);
    }

    /**
     * A token that serves, renewed if need be.
     *
     * @throws AuthenticationException if there is none and a person must authorise again
     * @throws io.trunkline.error.ConnectorException if the authorization server cannot be asked before the deadline
     */
    public AccessToken token(TokenKey key, TokenSource source, Deadline deadline) {
        VaultSlot slot = slot(key);
        Optional<AccessToken> cached = slot.serving(time.now());
        return cached.isPresent() ? cached.get() : renewed(key, slot, source, deadline);
    }

    /**
     * Puts in a token that a person's authorization has brought; it replaces a dead one.
     *
     * @throws io.trunkline.error.ConnectorException if it cannot be saved
     */
    public void put(TokenKey key, AccessToken token) {
        VaultSlot slot = slot(key);
        for (boolean saved = false; !saved; ) {
            Optional<VaultEntry> before = storage.read(key);
            saved = storage.save(key, token, before.map(VaultEntry::version).orElse(0L));
        }
        storage.read(key).ifPresent(slot::use);
    }

    /**
     * Told that the platform refused a token.
     *
     * @return whether another one is at hand or may be asked for; at most once in thirty seconds
     */
    public boolean refused(TokenKey key, AccessToken token) {
        return slot(key).refused(token, time.now());
    }

    private VaultSlot slot(TokenKey key) {
        return slots.computeIfAbsent(key, fresh -> new VaultSlot());
    }

    private AccessToken renewed(TokenKey key, VaultSlot slot, TokenSource source, Deadline deadline) {
        lock(key, slot, deadline);
        try {
            Optional<AccessToken> meanwhile = slot.serving(time.now());
            return meanwhile.isPresent() ? meanwhile.get() : amongNodes(key, slot, source, deadline);
        } finally {
            slot.lock().unlock();
        }
    }

    private void lock(TokenKey key, VaultSlot slot, Deadline deadline) {
        try {
            if (!slot.lock().tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
                throw late(key);
            }
        } catch (InterruptedException e) {
            throw interrupted(key);
        }
    }

    private AccessToken amongNodes(TokenKey key, VaultSlot slot, TokenSource source, Deadline deadline) {
        while (true) {
            Optional<VaultEntry> stored = saved(key, slot);
            if (stored.isPresent() && slot.accepts(stored.get(), time.now())) {
                return slot.use(stored.get());
            }
            if (stored.isPresent() && stored.get().dead() && source.needsPerson()) {
                throw dead(key);
            }
            Optional<Lease> lease = store.leases().acquire("token:" + key.text(), lease(deadline));
            if (lease.isPresent()) {
                try {
                    return underLease(key, slot, source, deadline);
                } finally {
                    lease.get().close();
                }
            }
            pause(key, deadline);
        }
    }

    /** No longer than the request may take: should this process die, the others wait for no more than that. */
    private static Duration lease(Deadline deadline) {
        Duration needed = deadline.remaining().plus(TO_SAVE);
        return needed.compareTo(LONGEST_LEASE) < 0 ? needed : LONGEST_LEASE;
    }

    /** Under the lease nobody else renews; what the last holder saved is looked at once more. */
    private AccessToken underLease(TokenKey key, VaultSlot slot, TokenSource source, Deadline deadline) {
        Optional<VaultEntry> stored = saved(key, slot);
        if (stored.isPresent() && slot.accepts(stored.get(), time.now())) {
            return slot.use(stored.get());
        }
        Optional<AccessToken> previous = stored.map(VaultEntry::token);
        long version = stored.map(VaultEntry::version).orElse(0L);
        try {
            AccessToken fresh = source.obtain(previous, deadline);
            slot.unsaved(fresh, version);
        } catch (AuthenticationException e) {
            return notDeadYet(key, slot, source, stored, e);
        }
        VaultEntry entry = saved(key, slot).orElseThrow(() -> late(key));
        return slot.use(entry);
    }

    /** A refused refresh token is dead only if the store still has the same one: another node may have renewed it. */
    private AccessToken notDeadYet(
            TokenKey key,
            VaultSlot slot,
            TokenSource source,
            Optional<VaultEntry> used,
            AuthenticationException refusal) {
        Optional<VaultEntry> now = storage.read(key);
        long usedVersion = used.map(VaultEntry::version).orElse(0L);
        if (now.isPresent() && now.get().version() != usedVersion && slot.accepts(now.get(), time.now())) {
            return slot.use(now.get());
        }
        if (source.needsPerson()) {
            used.ifPresent(entry -> storage.bury(key, entry));
        }
        throw refusal;
    }

    /** What the store has, after anything that a failed save has left over was saved. */
    private Optional<VaultEntry> saved(TokenKey key, VaultSlot slot) {
        slot.leftOver().ifPresent(left -> {
            storage.save(key, left.token(), left.version());
            slot.saved();
        });
        return storage.read(key);
    }

    private void pause(TokenKey key, Deadline deadline) {
        if (deadline.expired()) {
            throw late(key);
        }
        try {
            time.sleep(POLL);
        } catch (InterruptedException e) {
            throw interrupted(key);
        }
    }

    private static RuntimeException late(TokenKey key) {
        return Failures.of("no access token could be had in time", context(key, ErrorKind.TIMEOUT));
    }

    private static RuntimeException dead(TokenKey key) {
        return Failures.of(
                "the authorization server has refused the refresh token for good; authorise the connection again",
                context(key, ErrorKind.AUTHENTICATION));
    }

    private static RuntimeException interrupted(TokenKey key) {
        Thread.currentThread().interrupt();
        return Failures.of("the caller was interrupted while it waited for a token", context(key, ErrorKind.CANCELLED));
    }

    private static ErrorContext context(TokenKey key, ErrorKind kind) {
        return ErrorContext.of(key.connection(), "oauth.token", kind);
    }
}
