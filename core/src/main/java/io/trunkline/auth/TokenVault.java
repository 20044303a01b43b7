package io.trunkline.auth;

import io.trunkline.error.AuthenticationException;
import io.trunkline.error.ErrorContext;
import io.trunkline.error.ErrorKind;
import io.trunkline.error.Failures;
import io.trunkline.store.Lease;
import io.trunkline.store.Store;
import io.trunkline.store.StoreException;
import io.trunkline.value.Deadline;
import io.trunkline.value.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Keeps access tokens so that no rotated refresh token is ever lost: one renewal at a time in this process, one among
 * all nodes that share the store, not cut short by a caller that gives up, saved before it is used, and read again before
 * it is called dead. Thread-safe.
 */
public final class TokenVault {

    /** How long a renewal may take, whatever its callers' deadlines are. */
    private static final Duration RENEWAL = Duration.ofSeconds(10);
    /** A little longer: nobody else renews meanwhile, and should this process die, the others wait for no more. */
    private static final Duration LEASE = RENEWAL.plusSeconds(1);

    private static final Duration POLL = Duration.ofMillis(25);

    /** The one refusal that means the refresh token itself (RFC 6749, 5.2). */
    private static final Optional<String> GONE = Optional.of("invalid_grant");

    private final Store store;
    private final TimeSource time;
    private final VaultStorage storage;
    private final Map<TokenKey, VaultSlot> slots = new ConcurrentHashMap<>();

    /**
     * A vault on a store.
     *
     * @param store where tokens outlive the process; a {@link io.trunkline.store.SealedStore} keeps them unreadable there
     * @param time the clock
     */
    public TokenVault(Store store, TimeSource time) {
        this.store = store;
        this.time = time;
        this.storage = new VaultStorage(store);
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
        return cached.isPresent()
                ? cached.get()
                : awaited(key, slot.renewal(() -> renewed(key, slot, source)), deadline);
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

    private static AccessToken awaited(TokenKey key, Future<AccessToken> renewal, Deadline deadline) {
        try {
            return renewal.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw late(key);
        } catch (InterruptedException e) {
            throw interrupted(key);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a token could not be renewed", e.getCause());
        }
    }

    private AccessToken renewed(TokenKey key, VaultSlot slot, TokenSource source) {
        Optional<AccessToken> meanwhile = slot.serving(time.now());
        if (meanwhile.isPresent()) {
            return meanwhile.get();
        }
        try {
            return amongNodes(key, slot, source, Deadline.in(RENEWAL, time));
        } catch (StoreException e) {
            throw Failures.of(
                    "the store of the tokens cannot be used; see that it can", context(key, ErrorKind.UNAVAILABLE), e);
        }
    }

    private AccessToken amongNodes(TokenKey key, VaultSlot slot, TokenSource source, Deadline deadline) {
        while (true) {
            Optional<VaultEntry> stored = saved(key, slot);
            if (stored.isPresent() && slot.accepts(stored.get(), time.now())) {
                return slot.use(stored.get());
            }
            if (stored.isPresent() && isDead(stored.get(), source)) {
                throw dead(key);
            }
            Optional<Lease> lease = store.leases().acquire("token:" + key.text(), LEASE);
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

    /** Settings that were changed since may have what the server takes. */
    private boolean isDead(VaultEntry stored, TokenSource source) {
        return stored.dead() && source.needsPerson() && storage.isFor(stored, source.configured());
    }

    /** Under the lease nobody else renews; what the last holder saved is looked at once more. */
    private AccessToken underLease(TokenKey key, VaultSlot slot, TokenSource source, Deadline deadline) {
        Optional<VaultEntry> stored = saved(key, slot);
        if (stored.isPresent() && slot.accepts(stored.get(), time.now())) {
            return slot.use(stored.get());
        }
        Optional<AuthenticationException> lately = slot.refusedLately(time.now());
        if (lately.isPresent()) {
            throw lately.get();
        }
        Optional<AccessToken> previous = stored.filter(entry -> !entry.dead()).map(VaultEntry::token);
        long version = stored.map(VaultEntry::version).orElse(0L);
        try {
            AccessToken fresh = source.obtain(previous, deadline);
            slot.unsaved(fresh, version);
        } catch (AuthenticationException e) {
            return notDeadYet(key, slot, source, stored, slot.noteRefusal(e, time.now()));
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
        if (source.needsPerson() && refusal.context().platformCode().equals(GONE)) {
            storage.bury(key, used, source.configured(), time.now());
        }
        throw refusal;
    }

    /** What the store has, after anything that a failed save has left over was saved. */
    private Optional<VaultEntry> saved(TokenKey key, VaultSlot slot) {
        slot.leftOver().ifPresent(left -> {
            save(key, left);
            slot.saved();
        });
        return storage.read(key);
    }

    /** What others have written meanwhile stays, unless they only wrote that the token is dead: it was renewed here. */
    private void save(TokenKey key, VaultEntry left) {
        boolean saved = storage.save(key, left.token(), left.version());
        while (!saved) {
            Optional<VaultEntry> other = storage.read(key);
            if (other.isPresent() && !other.get().dead()) {
                return;
            }
            saved = storage.save(
                    key, left.token(), other.map(VaultEntry::version).orElse(0L));
        }
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
