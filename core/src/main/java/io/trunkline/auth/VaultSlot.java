package io.trunkline.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What this process knows of one token. */
final class VaultSlot {

    private static final long BETWEEN_REFUSALS = Duration.ofSeconds(30).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable VaultEntry current;
    private volatile @Nullable AccessToken refused;
    private @Nullable VaultEntry unsaved;
    private @Nullable Long refusedAt;

    ReentrantLock lock() {
        return lock;
    }

    Optional<AccessToken> serving(Instant now) {
        VaultEntry entry = current;
        return entry != null && accepts(entry, now) ? Optional.of(entry.token()) : Optional.empty();
    }

    boolean accepts(VaultEntry entry, Instant now) {
        AccessToken bad = refused;
        boolean wasRefused = bad != null && bad.access().equals(entry.token().access());
        return !entry.dead() && !wasRefused && entry.token().serves(now);
    }

    AccessToken use(VaultEntry entry) {
        current = entry;
        return entry.token();
    }

    /** Kept until it is saved, so that a store that fails for a moment loses no rotated refresh token. */
    void unsaved(AccessToken token, long version) {
        unsaved = new VaultEntry(token, version, false);
    }

    Optional<VaultEntry> leftOver() {
        return Optional.ofNullable(unsaved);
    }

    void saved() {
        unsaved = null;
    }

    synchronized boolean refused(AccessToken token, long nowNanos) {
        VaultEntry entry = current;
        if (entry != null && !entry.token().access().equals(token.access())) {
            return true;
        }
        if (refusedAt != null && nowNanos - refusedAt < BETWEEN_REFUSALS) {
            return false;
        }
        refusedAt = nowNanos;
        refused = token;
        return true;
    }
}
